package org.diskferry.depot.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.acl.Grantee;
import org.diskferry.depot.acl.Permission;

/// The grants that a request asks for: by a canned name, by headers, or by a document.
final class AclRequest {
  private static final String CANNED = "x-amz-acl";
  private static final String GRANT = "x-amz-grant-";

  private static final Map<String, Permission> BY_HEADER =
      Map.of(
          GRANT + "full-control", Permission.FULL_CONTROL,
          GRANT + "read", Permission.READ,
          GRANT + "read-acp", Permission.READ_ACP,
          GRANT + "write", Permission.WRITE,
          GRANT + "write-acp", Permission.WRITE_ACP);

  private AclRequest() {}

  /// Whether the headers ask for grants.
  static boolean isIn(S3Request request) {
    return !request.header(CANNED).isEmpty() || !request.headers(GRANT).isEmpty();
  }

  /// What the headers ask for; private where they do not ask.
  static Acl ofHeaders(S3Request request, AccountId owner, AccountId bucketOwner) throws S3Fault {
    Map<String, String> grants = request.headers(GRANT);
    if (grants.isEmpty()) {
      return Authorization.canned(request.header(CANNED), owner, bucketOwner);
    }
    if (!request.header(CANNED).isEmpty()) {
      throw new S3Fault(
          S3Code.InvalidRequest, "Specifying both canned ACLs and header grants is not allowed.");
    }
    List<Acl.Grant> list = new ArrayList<>();
    for (Map.Entry<String, String> header : grants.entrySet()) {
      Permission permission = BY_HEADER.get(header.getKey());
      if (permission == null) {
        throw new S3Fault(S3Code.InvalidArgument, "Unknown header " + header.getKey());
      }
      for (String grantee : header.getValue().split(",", -1)) {
        list.add(new Acl.Grant(grantee(grantee.strip()), permission));
      }
    }
    return acl(list);
  }

  /// What a document asks for.
  static Acl ofDocument(XmlElement document, AccountId owner) throws S3Fault {
    String named = document.child("Owner").map(element -> element.value("ID")).orElse("");
    if (!document.name().equals("AccessControlPolicy") || !named.equals(owner.value())) {
      throw new S3Fault(S3Code.MalformedACLError, "The list must name the owner, " + owner + ".");
    }
    List<Acl.Grant> list = new ArrayList<>();
    List<XmlElement> grants =
        document.child("AccessControlList").map(element -> element.all("Grant")).orElse(List.of());
    for (XmlElement grant : grants) {
      list.add(new Acl.Grant(grantee(grant), permission(grant.required("Permission"))));
    }
    return acl(list);
  }

  private static Acl acl(List<Acl.Grant> grants) throws S3Fault {
    try {
      return new Acl(grants);
    } catch (IllegalArgumentException e) {
      throw new S3Fault(S3Code.MalformedACLError, String.valueOf(e.getMessage()), e);
    }
  }

  private static Permission permission(String name) throws S3Fault {
    try {
      return Permission.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new S3Fault(S3Code.MalformedACLError, "There is no permission " + name, e);
    }
  }

  private static Grantee grantee(XmlElement grant) throws S3Fault {
    XmlElement grantee =
        grant.child("Grantee").orElseThrow(() -> new S3Fault(S3Code.MalformedACLError));
    String uri = grantee.value("URI");
    return named(uri.isEmpty() ? grantee.value("ID") : uri);
  }

  /// `id="…"` or `uri="…"`.
  private static Grantee grantee(String text) throws S3Fault {
    int equals = text.indexOf('=');
    String kind = equals < 0 ? "" : text.substring(0, equals);
    if (!kind.equals("id") && !kind.equals("uri")) {
      throw new S3Fault(S3Code.InvalidArgument, "A grantee is id=\"account\" or uri=\"group\".");
    }
    return named(Conditions.bare(text.substring(equals + 1)));
  }

  private static Grantee named(String text) throws S3Fault {
    try {
      return Grantee.of(text);
    } catch (IllegalArgumentException e) {
      throw new S3Fault(S3Code.InvalidArgument, "There is no grantee " + text, e);
    }
  }
}
