package org.diskferry.store.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.diskferry.access.signing.Header;
import org.diskferry.store.StoreException;

/// Which canned ACLs a store takes, and whether what it then says of the object is what was asked.
final class AclTrials {
  private static final String GROUPS = "http://acs.amazonaws.com/groups/global/";

  /// The rights of groups that each stands for; owners' rights differ too much between stores.
  private static final Map<String, Set<String>> CANNED =
      Map.of(
          "private", Set.of(),
          "public-read", Set.of("AllUsers READ"),
          "public-read-write", Set.of("AllUsers READ", "AllUsers WRITE"),
          "authenticated-read", Set.of("AuthenticatedUsers READ"),
          "bucket-owner-read", Set.of(),
          "bucket-owner-full-control", Set.of());

  private final Trial trial;

  AclTrials(Trial trial) {
    this.trial = trial;
  }

  List<Finding> run() throws StoreException {
    List<Finding> findings = new ArrayList<>();
    for (String acl : new TreeSet<>(CANNED.keySet())) {
      findings.add(ask(acl));
    }
    return findings;
  }

  private Finding ask(String acl) throws StoreException {
    Trial.Outcome outcome = Trial.tried(() -> trial.put("acl", new Header("x-amz-acl", acl)));
    if (!outcome.done()) {
      return Finding.degrades(
          "acl",
          acl,
          "refused: " + outcome.said(),
          "jobs with acl: " + acl + " get 400 for every file");
    }
    try {
      Set<String> rights = rights(trial.make("GET", "acl", "acl=").body());
      return rights.equals(CANNED.get(acl))
          ? Finding.good("acl", acl, "as asked")
          : Finding.degrades(
              "acl",
              acl,
              "taken, but the object says " + (rights.isEmpty() ? "owner only" : rights),
              "objects of jobs with acl: " + acl + " have other rights than asked");
    } catch (XmlException e) {
      return Finding.note("acl", acl, "taken, cannot be read back: " + e.getMessage());
    } catch (StoreException e) {
      return Finding.note("acl", acl, "taken, cannot be read back: " + Trial.refusal(e).said());
    }
  }

  private static Set<String> rights(byte[] document) throws XmlException {
    Set<String> rights = new TreeSet<>();
    XmlElement root = Documents.root(document, "AccessControlPolicy");
    for (XmlElement list : root.all("AccessControlList")) {
      for (XmlElement grant : list.all("Grant")) {
        String group = grant.first("Grantee").map(grantee -> grantee.text("URI")).orElse("");
        if (group.startsWith(GROUPS)) {
          rights.add(group.substring(GROUPS.length()) + " " + grant.text("Permission"));
        }
      }
    }
    return rights;
  }
}
