package org.diskferry.depot.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.blob.Ledger;
import org.diskferry.depot.blob.Staged;
import org.diskferry.depot.index.Rejected.Why;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/// The objects of all buckets.
public final class Objects {
  private static final String FACTS =
      "owner, size, etag, modified, storage_class, acl, headers, crc32c, checksum";

  private static final String FACT_VALUES =
      ":owner, :size, :etag, :modified, :class, :acl, :headers, :crc32c, :checksum";

  /// Everything in one statement where the key is new: the common case, and one round trip.
  private static final String INSERT_OBJECT =
      "INSERT INTO depot.object (bucket, key, content, %s) VALUES (:bucket, :key, %s, %s)"
              .formatted(FACTS, "nextval('depot.content')", FACT_VALUES)
          + " ON CONFLICT DO NOTHING";

  private static final String INSERT_ALL =
      """
      WITH o AS (%s RETURNING content),
      b AS (INSERT INTO depot.blob (file, packed, at, length, sums, refs)
        SELECT :file, :packed, :from, :length, :sums, 1 FROM o RETURNING id)
      INSERT INTO depot.piece (content, at, number, blob, length, checksum)
      SELECT o.content, 0, 0, b.id, :length, '' FROM o, b
      """
          .formatted(INSERT_OBJECT);

  /// A key that vanishes and comes back while it is being replaced is tried again so often.
  private static final int TRIES = 10;

  private final Database database;

  Objects(Database database) {
    this.database = database;
  }

  /// An object.
  public Optional<Entry> find(Bucket bucket, ObjectKey key) {
    return database.with(handle -> select(handle, bucket, key, ""));
  }

  /// Stores an object of what was staged, replacing what was there, and keeps the blob.
  ///
  /// @throws Rejected `PRECONDITION`, `NO_SUCH_BUCKET`, `NO_SUCH_KEY` for a condition on nothing
  public void put(Bucket bucket, ObjectKey key, Facts facts, Staged staged, Condition condition)
      throws Rejected {
    try {
      boolean mayBeNew = !(condition instanceof Condition.Is);
      if (!mayBeNew || !database.with(handle -> insertAll(handle, bucket, key, facts, staged))) {
        database.transact(handle -> {
          check(condition, select(handle, bucket, key, " FOR UPDATE"), key);
          place(handle, bucket, key, facts, insertContent(handle, staged), condition);
          return key;
        });
      }
      staged.keep();
    } catch (JdbiException e) {
      throw translated(e, bucket);
    }
  }

  /// Makes an object that has the content of another, without copying it. The other must still be
  /// `source`.
  ///
  /// @throws Rejected `NO_SUCH_KEY` if the source has changed, `PRECONDITION`, `NO_SUCH_BUCKET`
  public void copy(
      Bucket from, Entry source, Bucket bucket, ObjectKey key, Facts facts, Condition condition)
      throws Rejected {
    try {
      database.transact(handle -> {
        Entry locked =
            select(handle, from, source.key(), " FOR UPDATE")
                .filter(entry -> entry.content() == source.content())
                .orElseThrow(() -> noSuchKey(source.key()));
        long content = nextContent(handle);
        handle
            .createUpdate(
                """
                INSERT INTO depot.piece (content, at, number, blob, length, checksum)
                SELECT :content, at, number, blob, length, checksum
                FROM depot.piece WHERE content = :source
                """)
            .bind("content", content)
            .bind("source", locked.content())
            .execute();
        BlobRows.share(handle, content);
        place(handle, bucket, key, facts, content, condition);
        return content;
      });
    } catch (JdbiException e) {
      throw translated(e, bucket);
    }
  }

  /// Replaces the grants on an object.
  ///
  /// @throws Rejected `NO_SUCH_KEY`
  public void setAcl(Bucket bucket, ObjectKey key, Acl acl) throws Rejected {
    int changed =
        database.with(handle ->
            handle
                .createUpdate(
                    "UPDATE depot.object SET acl = :acl WHERE bucket = :bucket AND key = :key")
                .bind("acl", acl.text())
                .bind("bucket", bucket.id())
                .bind("key", key.bytes())
                .execute());
    if (changed == 0) {
      throw noSuchKey(key);
    }
  }

  /// Deletes objects, each on its condition; those that do not exist are fine where there is none.
  ///
  /// @return why some were not deleted: `PRECONDITION`, or `NO_SUCH_KEY` for an ETag of nothing
  public Map<ObjectKey, Rejected> delete(
      Bucket bucket, Collection<Deletion> deletions, Instant now) {
    return database.transact(handle -> Deletions.run(handle, bucket, deletions, now));
  }

  /// The blobs of a content that hold bytes from `from` to before `end`, in order.
  public List<Piece> pieces(long content, long from, long end) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT at, number, blob, length, checksum FROM depot.piece
                WHERE content = :content AND at < :end AND at + length > :from ORDER BY at
                """)
            .bind("content", content)
            .bind("from", from)
            .bind("end", end)
            .map((row, _) -> piece(row))
            .list());
  }

  /// Where a blob lies; empty where nothing refers to it any more.
  public Optional<Ledger.Blob> blob(long id) {
    return database.with(handle -> BlobRows.find(handle, id));
  }

  /// Makes a content the object of a key; what was there is dropped.
  static void place(
      Handle handle, Bucket bucket, ObjectKey key, Facts facts, long content, Condition condition)
      throws Rejected {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Entry> old = select(handle, bucket, key, " FOR UPDATE");
      check(condition, old, key);
      if (old.isPresent()) {
        update(handle, bucket, key, facts, content);
        BlobRows.dropContents(handle, List.of(old.get().content()), facts.modified());
        return;
      }
      if (insert(handle, bucket, key, facts, content)) {
        return;
      }
    }
    throw new Rejected(Why.PRECONDITION, "the object is being changed by others all the time");
  }

  static long nextContent(Handle handle) {
    return handle.createQuery("SELECT nextval('depot.content')").mapTo(Long.class).one();
  }

  static Rejected translated(JdbiException e, Bucket bucket) {
    if (Buckets.vanished(e)) {
      return Buckets.missing(bucket.name());
    }
    throw e;
  }

  static Argument array(Collection<ObjectKey> keys) {
    byte[][] bytes = keys.stream().map(ObjectKey::bytes).toArray(byte[][]::new);
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf("bytea", bytes));
  }

  private static boolean insertAll(
      Handle handle, Bucket bucket, ObjectKey key, Facts facts, Staged staged) {
    Update update =
        staged.isEmpty()
            ? handle.createUpdate(INSERT_OBJECT)
            : BlobRows.bind(handle.createUpdate(INSERT_ALL), staged);
    return bind(update, bucket, key, facts).execute() == 1;
  }

  private static long insertContent(Handle handle, Staged staged) {
    long content = nextContent(handle);
    if (!staged.isEmpty()) {
      insertPiece(handle, content, BlobRows.insert(handle, staged), staged.location().length());
    }
    return content;
  }

  private static void check(Condition condition, Optional<Entry> old, ObjectKey key)
      throws Rejected {
    switch (condition) {
      case Condition.Always _ -> {}
      case Condition.Absent _ -> {
        if (old.isPresent()) {
          throw new Rejected(Why.PRECONDITION, "If-None-Match");
        }
      }
      case Condition.Is is -> {
        if (!is.holdsFor(old.orElseThrow(() -> noSuchKey(key)).facts().etag())) {
          throw new Rejected(Why.PRECONDITION, "If-Match");
        }
      }
    }
  }

  private static Rejected noSuchKey(ObjectKey key) {
    return new Rejected(Why.NO_SUCH_KEY, key.toString());
  }

  private static void insertPiece(Handle handle, long content, long blob, long length) {
    handle
        .createUpdate(
            """
            INSERT INTO depot.piece (content, at, number, blob, length, checksum)
            VALUES (:content, 0, 0, :blob, :length, '')
            """)
        .bind("content", content)
        .bind("blob", blob)
        .bind("length", length)
        .execute();
  }

  private static boolean insert(
      Handle handle, Bucket bucket, ObjectKey key, Facts facts, long content) {
    String sql =
        "INSERT INTO depot.object (bucket, key, content, %s) VALUES (:bucket, :key, :content, %s)"
                .formatted(FACTS, FACT_VALUES)
            + " ON CONFLICT DO NOTHING";
    return bind(handle.createUpdate(sql), bucket, key, facts).bind("content", content).execute()
        == 1;
  }

  private static void update(
      Handle handle, Bucket bucket, ObjectKey key, Facts facts, long content) {
    String sql =
        "UPDATE depot.object SET content = :content, (%s) = (%s) WHERE bucket = :bucket AND key = :key"
            .formatted(FACTS, FACT_VALUES);
    bind(handle.createUpdate(sql), bucket, key, facts).bind("content", content).execute();
  }

  private static <T extends SqlStatement<T>> T bind(
      T statement, Bucket bucket, ObjectKey key, Facts facts) {
    return statement
        .bind("bucket", bucket.id())
        .bind("key", key.bytes())
        .bind("owner", facts.owner().value())
        .bind("size", facts.size())
        .bind("etag", facts.etag())
        .bind("modified", facts.modified())
        .bind("class", facts.storageClass())
        .bind("acl", facts.acl().text())
        .bind("headers", facts.headers().text())
        .bind("crc32c", facts.crc32c())
        .bind("checksum", facts.checksum());
  }

  private static Optional<Entry> select(
      Handle handle, Bucket bucket, ObjectKey key, String locking) {
    String sql =
        "SELECT content, %s FROM depot.object WHERE bucket = :bucket AND key = :key%s"
            .formatted(FACTS, locking);
    return handle
        .createQuery(sql)
        .bind("bucket", bucket.id())
        .bind("key", key.bytes())
        .map((row, _) -> new Entry(key, row.getLong("content"), facts(row)))
        .findOne();
  }

  private static Facts facts(ResultSet row) throws SQLException {
    return new Facts(
        new AccountId(row.getString("owner")),
        row.getLong("size"),
        row.getString("etag"),
        row.getTimestamp("modified").toInstant(),
        row.getString("storage_class"),
        Acl.of(row.getString("acl")),
        Headers.of(row.getString("headers")),
        row.getInt("crc32c"),
        row.getString("checksum"));
  }

  private static Piece piece(ResultSet row) throws SQLException {
    return new Piece(
        row.getLong("at"),
        row.getInt("number"),
        row.getLong("blob"),
        row.getLong("length"),
        row.getString("checksum"));
  }
}
