package org.diskferry.depot.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diskferry.access.AccountId;

/// The grants on a bucket or an object. What is not granted is not allowed, with one exception that
/// is not written here: the owner of a thing may always read and change its list.
public record Acl(List<Grant> grants) {
  /// Most grants in a list, as S3 has it.
  public static final int MOST = 100;

  /// One grant.
  public record Grant(Grantee grantee, Permission permission) {}

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if it is too long
  public Acl {
    if (grants.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " grants, not " + grants.size());
    }
    grants = List.copyOf(grants);
  }

  /// Everything for the owner, nothing for others.
  public static Acl owned(AccountId owner) {
    return new Acl(List.of(new Grant(new Grantee.Account(owner), Permission.FULL_CONTROL)));
  }

  /// What a canned list stands for; empty for a name that is none.
  ///
  /// @param owner of the thing
  /// @param bucketOwner owner of the bucket that it is in; for a bucket the same
  public static Optional<Acl> canned(String name, AccountId owner, AccountId bucketOwner) {
    return switch (name) {
      case "private" -> Optional.of(owned(owner));
      case "public-read" -> with(owner, new Grant(new Grantee.Everyone(), Permission.READ));
      case "public-read-write" ->
          with(
              owner,
              new Grant(new Grantee.Everyone(), Permission.READ),
              new Grant(new Grantee.Everyone(), Permission.WRITE));
      case "authenticated-read" -> with(owner, new Grant(new Grantee.Signed(), Permission.READ));
      case "bucket-owner-read" -> withBucketOwner(owner, bucketOwner, Permission.READ);
      case "bucket-owner-full-control" ->
          withBucketOwner(owner, bucketOwner, Permission.FULL_CONTROL);
      default -> Optional.empty();
    };
  }

  /// Whether some grant allows it.
  public boolean grants(Caller caller, Permission wanted) {
    return grants.stream()
        .anyMatch(g -> g.permission().covers(wanted) && g.grantee().includes(caller));
  }

  /// One line a grant.
  public String text() {
    return grants.stream()
        .map(grant -> grant.permission() + " " + grant.grantee())
        .collect(Collectors.joining("\n"));
  }

  /// As [#text] wrote it.
  public static Acl of(String text) {
    List<Grant> grants = new ArrayList<>();
    text.lines().forEach(line -> grants.add(grant(line)));
    return new Acl(grants);
  }

  private static Grant grant(String line) {
    int blank = line.indexOf(' ');
    return new Grant(
        Grantee.of(line.substring(blank + 1)), Permission.valueOf(line.substring(0, blank)));
  }

  private static Optional<Acl> with(AccountId owner, Grant... more) {
    List<Grant> grants = new ArrayList<>(owned(owner).grants());
    grants.addAll(List.of(more));
    return Optional.of(new Acl(grants));
  }

  private static Optional<Acl> withBucketOwner(
      AccountId owner, AccountId bucketOwner, Permission permission) {
    return owner.equals(bucketOwner)
        ? Optional.of(owned(owner))
        : with(owner, new Grant(new Grantee.Account(bucketOwner), permission));
  }
}
