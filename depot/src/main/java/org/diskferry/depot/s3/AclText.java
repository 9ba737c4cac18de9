package org.diskferry.depot.s3;

import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.acl.Grantee;

/// Owners and grants as documents show them.
final class AclText {
  private static final String XSI = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

  private AclText() {}

  static XmlText owner(XmlText xml, AccountId account) {
    return account(xml.open("Owner"), account).close("Owner");
  }

  static Answer answer(AccountId owner, Acl acl) {
    XmlText xml = XmlText.document("AccessControlPolicy");
    owner(xml, owner).open("AccessControlList");
    for (Acl.Grant grant : acl.grants()) {
      xml.open("Grant");
      grantee(xml, grant.grantee());
      xml.leaf("Permission", grant.permission().name()).close("Grant");
    }
    return Answer.ok(xml.close("AccessControlList").close("AccessControlPolicy"));
  }

  private static void grantee(XmlText xml, Grantee grantee) {
    switch (grantee) {
      case Grantee.Account(AccountId id) ->
          account(xml.open("Grantee", XSI + " xsi:type=\"CanonicalUser\""), id);
      case Grantee.Everyone _, Grantee.Signed _ ->
          xml.open("Grantee", XSI + " xsi:type=\"Group\"").leaf("URI", grantee.toString());
    }
    xml.close("Grantee");
  }

  private static XmlText account(XmlText xml, AccountId account) {
    return xml.leaf("ID", account.value()).leaf("DisplayName", account.value());
  }
}
