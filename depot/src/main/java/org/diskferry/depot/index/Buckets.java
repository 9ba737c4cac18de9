package org.diskferry.depot.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// The buckets. Kept in memory as well: only this process changes them, because the directory of
/// blobs is locked by it.
public final class Buckets {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private final Database database;
  private final Map<BucketName, Bucket> known = new ConcurrentHashMap<>();

  Buckets(Database database) {
    this.database = database;
    all().forEach(bucket -> known.put(bucket.name(), bucket));
  }

  /// A bucket by its name.
  public Optional<Bucket> find(BucketName name) {
    return Optional.ofNullable(known.get(name));
  }

  /// A bucket by its name.
  ///
  /// @throws Rejected `NO_SUCH_BUCKET`
  public Bucket named(BucketName name) throws Rejected {
    return find(name).orElseThrow(() -> missing(name));
  }

  /// The buckets of an account, in order of name.
  public List<Bucket> of(AccountId owner) {
    return known.values().stream()
        .filter(bucket -> bucket.owner().equals(owner))
        .sorted((a, b) -> a.name().value().compareTo(b.name().value()))
        .toList();
  }

  /// Makes a bucket.
  ///
  /// @throws Rejected `BUCKET_EXISTS`
  public Bucket create(BucketName name, AccountId owner, String region, Acl acl, Instant now)
      throws Rejected {
    try {
      Bucket bucket = database.with(handle -> insert(handle, name, owner, region, acl, now));
      known.put(name, bucket);
      return bucket;
    } catch (JdbiException e) {
      if (Database.sqlState(e).filter(UNIQUE_VIOLATION::equals).isPresent()) {
        throw new Rejected(Rejected.Why.BUCKET_EXISTS, name.value());
      }
      throw e;
    }
  }

  /// Replaces the grants on a bucket.
  ///
  /// @throws Rejected `NO_SUCH_BUCKET`
  public void setAcl(Bucket bucket, Acl acl) throws Rejected {
    int changed =
        database.with(handle ->
            handle
                .createUpdate("UPDATE depot.bucket SET acl = :acl WHERE id = :id")
                .bind("acl", acl.text())
                .bind("id", bucket.id())
                .execute());
    if (changed == 0) {
      throw missing(bucket.name());
    }
    known.computeIfPresent(bucket.name(), (_, old) -> old.with(acl));
  }

  /// Replaces the rules about uploads that are not completed.
  ///
  /// @throws Rejected `NO_SUCH_BUCKET`
  public void setUploadRules(Bucket bucket, List<UploadRule> rules) throws Rejected {
    int changed =
        database.with(handle ->
            handle
                .createUpdate("UPDATE depot.bucket SET upload_rules = :rules WHERE id = :id")
                .bind("rules", UploadRule.text(rules))
                .bind("id", bucket.id())
                .execute());
    if (changed == 0) {
      throw missing(bucket.name());
    }
    known.computeIfPresent(bucket.name(), (_, old) -> old.with(rules));
  }

  /// All buckets of everybody.
  public List<Bucket> everybodys() {
    return List.copyOf(known.values());
  }

  /// Deletes a bucket without objects; uploads that were not completed go with it.
  ///
  /// @throws Rejected `BUCKET_NOT_EMPTY`, `NO_SUCH_BUCKET`
  public void delete(Bucket bucket, Instant now) throws Rejected {
    try {
      int deleted = database.transact(handle -> delete(handle, bucket.id(), now));
      known.remove(bucket.name());
      if (deleted == 0) {
        throw missing(bucket.name());
      }
    } catch (JdbiException e) {
      if (Database.sqlState(e).filter(FOREIGN_KEY_VIOLATION::equals).isPresent()) {
        throw new Rejected(Rejected.Why.BUCKET_NOT_EMPTY, bucket.name().value());
      }
      throw e;
    }
  }

  /// Whether an exception says that a bucket vanished while something was put into it.
  static boolean vanished(JdbiException e) {
    return Database.sqlState(e).filter(FOREIGN_KEY_VIOLATION::equals).isPresent();
  }

  static Rejected missing(BucketName name) {
    return new Rejected(Rejected.Why.NO_SUCH_BUCKET, name.value());
  }

  private static int delete(Handle handle, long bucket, Instant now) {
    List<UUID> uploads =
        handle
            .createQuery("SELECT id FROM depot.upload WHERE bucket = :bucket FOR UPDATE")
            .bind("bucket", bucket)
            .mapTo(UUID.class)
            .list();
    uploads.forEach(upload -> Uploads.drop(handle, upload, now));
    return handle
        .createUpdate("DELETE FROM depot.bucket WHERE id = :bucket")
        .bind("bucket", bucket)
        .execute();
  }

  private static Bucket insert(
      Handle handle, BucketName name, AccountId owner, String region, Acl acl, Instant now) {
    long id =
        handle
            .createQuery(
                """
                INSERT INTO depot.bucket (name, owner, region, acl, created)
                VALUES (:name, :owner, :region, :acl, :now) RETURNING id
                """)
            .bind("name", name.value())
            .bind("owner", owner.value())
            .bind("region", region)
            .bind("acl", acl.text())
            .bind("now", now)
            .mapTo(Long.class)
            .one();
    return new Bucket(id, name, owner, region, acl, now, List.of());
  }

  private List<Bucket> all() {
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT id, name, owner, region, acl, created, upload_rules FROM depot.bucket
                """)
            .map((row, _) -> read(row))
            .list());
  }

  private static Bucket read(ResultSet row) throws SQLException {
    return new Bucket(
        row.getLong("id"),
        new BucketName(row.getString("name")),
        new AccountId(row.getString("owner")),
        row.getString("region"),
        Acl.of(row.getString("acl")),
        row.getTimestamp("created").toInstant(),
        UploadRule.of(row.getString("upload_rules")));
  }
}
