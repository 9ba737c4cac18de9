package org.diskferry.depot.index;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.blob.Staged;
import org.diskferry.depot.index.Rejected.Why;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The multipart uploads of all buckets.
public final class Uploads {
  private static final String COLUMNS =
      "id, bucket, key, owner, initiator, started, storage_class, acl, headers,"
          + " checksum_algorithm, checksum_type";

  private final Database database;

  Uploads(Database database) {
    this.database = database;
  }

  /// Begins an upload.
  ///
  /// @throws Rejected `NO_SUCH_BUCKET`
  public void begin(Bucket bucket, Upload upload) throws Rejected {
    try {
      database.with(handle -> insert(handle, upload));
    } catch (JdbiException e) {
      throw Objects.translated(e, bucket);
    }
  }

  /// An upload that can still take parts.
  public Optional<Upload> find(Bucket bucket, ObjectKey key, UUID id) {
    return database.with(handle -> select(handle, bucket, key, id, " AND completed IS NULL"));
  }

  /// Stores a part of what was staged, replacing one of the same number, and keeps the blob.
  ///
  /// @throws Rejected `NO_SUCH_UPLOAD`
  public void put(Upload upload, Part part, Staged staged) throws Rejected {
    database.transact(handle -> {
      replace(handle, upload, part, staged);
      return part;
    });
    staged.keep();
  }

  /// The parts with numbers above `after`, in order, at most so many.
  public List<Part> parts(Upload upload, int after, int most) {
    return database.with(handle -> selectParts(handle, upload.id(), after, most));
  }

  /// Makes an object of some of the parts; the others are dropped. What the object will be is made
  /// by `assembly`, in view of the parts, while nobody can change them.
  ///
  /// @throws Rejected `NO_SUCH_UPLOAD`, `PRECONDITION`, and what `assembly` throws
  public Facts complete(Bucket bucket, Upload upload, Assembly assembly, Condition condition)
      throws Rejected {
    return database.transact(handle -> {
      lock(handle, upload.id(), "FOR UPDATE");
      Assembled assembled = assembly.of(selectParts(handle, upload.id(), 0, Integer.MAX_VALUE));
      long content = Objects.nextContent(handle);
      insertPieces(handle, upload.id(), content, assembled.numbers());
      dropParts(handle, upload.id(), assembled.numbers(), assembled.facts().modified());
      Objects.place(handle, bucket, upload.key(), assembled.facts(), content, condition);
      close(handle, upload.id(), content, assembled.facts().modified());
      return assembled.facts();
    });
  }

  /// What an upload became that was completed before, if the object is still there.
  public Optional<Long> completed(Bucket bucket, ObjectKey key, UUID id) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT o.content FROM depot.upload u
                JOIN depot.object o ON o.bucket = u.bucket AND o.key = u.key
                  AND o.content = u.content
                WHERE u.id = :id AND u.bucket = :bucket AND u.key = :key
                """)
            .bind("id", id)
            .bind("bucket", bucket.id())
            .bind("key", key.bytes())
            .mapTo(Long.class)
            .findOne());
  }

  /// Drops an upload and its parts.
  ///
  /// @throws Rejected `NO_SUCH_UPLOAD`
  public void abort(Upload upload, Instant now) throws Rejected {
    database.transact(handle -> {
      lock(handle, upload.id(), "FOR UPDATE");
      drop(handle, upload.id(), now);
      return upload;
    });
  }

  /// Uploads that were begun and not ended, in order of key and beginning.
  public List<Upload> open(Bucket bucket, String prefix, Start start, int most) {
    Listing.Query query = new Listing.Query(prefix, "");
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT %s FROM depot.upload u
                WHERE bucket = :bucket AND completed IS NULL AND key >= :from AND key < :end
                  AND (CAST(:upload AS uuid) IS NULL OR key <> :key OR EXISTS (
                    SELECT FROM depot.upload m WHERE m.id = CAST(:upload AS uuid)
                      AND (m.started, m.id) < (u.started, u.id)))
                ORDER BY key, started, id LIMIT :most
                """
                    .formatted(COLUMNS))
            .bind("bucket", bucket.id())
            .bind("from", start.at().within(query))
            .bind("end", query.end())
            .bind("key", start.key().getBytes(StandardCharsets.UTF_8))
            .bindByType("upload", start.upload(), UUID.class)
            .bind("most", most)
            .map((row, _) -> read(row))
            .list());
  }

  /// Drops uploads that were begun before `limit` and not ended, and forgets those that were
  /// completed before it; answers how many.
  public int expire(Instant limit, Instant now) {
    List<UUID> old =
        database.with(handle ->
            handle
                .createQuery(
                    """
                    SELECT id FROM depot.upload
                    WHERE coalesce(completed, started) < :limit
                    """)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
    dropAll(old, now);
    return old.size();
  }

  /// Drops those that are due by a rule of their bucket; answers how many.
  public int expire(Bucket bucket, UploadRule rule, Instant now) {
    if (!rule.enabled()) {
      return 0;
    }
    List<UUID> old =
        database.with(handle ->
            handle
                .createQuery(
                    """
                    SELECT id FROM depot.upload
                    WHERE bucket = :bucket AND completed IS NULL AND started < :limit
                      AND key >= :prefix AND key < :end
                    """)
                .bind("bucket", bucket.id())
                .bind("limit", rule.limit(now))
                .bind("prefix", rule.prefix().getBytes(StandardCharsets.UTF_8))
                .bind("end", new Listing.Query(rule.prefix(), "").end())
                .mapTo(UUID.class)
                .list());
    dropAll(old, now);
    return old.size();
  }

  private void dropAll(List<UUID> uploads, Instant now) {
    for (UUID upload : uploads) {
      database.transact(handle -> {
        drop(handle, upload, now);
        return upload;
      });
    }
  }

  static void drop(Handle handle, UUID upload, Instant now) {
    handle
        .createQuery("SELECT id FROM depot.upload WHERE id = :id FOR UPDATE")
        .bind("id", upload)
        .mapTo(UUID.class)
        .findOne();
    dropParts(handle, upload, List.of(), now);
    handle.createUpdate("DELETE FROM depot.upload WHERE id = :id").bind("id", upload).execute();
  }

  private static void dropParts(Handle handle, UUID upload, List<Integer> kept, Instant now) {
    List<Long> blobs =
        handle
            .createQuery(
                """
                WITH gone AS (
                  DELETE FROM depot.part WHERE upload = :upload RETURNING number, blob)
                SELECT blob FROM gone WHERE blob IS NOT NULL AND number <> ALL(:kept)
                """)
            .bind("upload", upload)
            .bindArray("kept", Integer.class, kept)
            .mapTo(Long.class)
            .list();
    BlobRows.drop(handle, blobs, now);
  }

  private static void insertPieces(
      Handle handle, UUID upload, long content, List<Integer> numbers) {
    handle
        .createUpdate(
            """
            INSERT INTO depot.piece (content, at, number, blob, length, checksum)
            SELECT :content, at, number, blob, size, checksum FROM (
              SELECT number, blob, size, checksum,
                sum(size) OVER (ORDER BY number) - size AS at
              FROM depot.part WHERE upload = :upload AND number = ANY(:numbers)) p
            WHERE size > 0
            """)
        .bind("content", content)
        .bind("upload", upload)
        .bindArray("numbers", Integer.class, numbers)
        .execute();
  }

  private static void close(Handle handle, UUID upload, long content, Instant now) {
    handle
        .createUpdate("UPDATE depot.upload SET completed = :now, content = :content WHERE id = :id")
        .bind("now", now)
        .bind("content", content)
        .bind("id", upload)
        .execute();
  }

  private static void replace(Handle handle, Upload upload, Part part, Staged staged)
      throws Rejected {
    lock(handle, upload.id(), "FOR SHARE");
    List<Long> old =
        handle
            .createQuery(
                """
                DELETE FROM depot.part WHERE upload = :upload AND number = :number
                RETURNING coalesce(blob, 0)
                """)
            .bind("upload", upload.id())
            .bind("number", part.number())
            .mapTo(Long.class)
            .list();
    insertPart(handle, upload, part, staged.isEmpty() ? null : BlobRows.insert(handle, staged));
    BlobRows.drop(handle, old, part.modified());
  }

  private static void insertPart(Handle handle, Upload upload, Part part, @Nullable Long blob) {
    handle
        .createUpdate(
            """
            INSERT INTO depot.part (upload, number, blob, size, etag, crc32c, checksum, modified)
            VALUES (:upload, :number, CAST(:blob AS bigint), :size, :etag, :crc32c, :checksum, :modified)
            """)
        .bind("upload", upload.id())
        .bind("number", part.number())
        .bindByType("blob", blob, Long.class)
        .bind("size", part.size())
        .bind("etag", part.etag())
        .bind("crc32c", part.crc32c())
        .bind("checksum", part.checksum())
        .bind("modified", part.modified())
        .execute();
  }

  /// Keeps an open upload from being ended (`FOR SHARE`) or changed (`FOR UPDATE`) by others.
  private static void lock(Handle handle, UUID upload, String how) throws Rejected {
    boolean open =
        handle
            .createQuery("SELECT id FROM depot.upload WHERE id = :id AND completed IS NULL " + how)
            .bind("id", upload)
            .mapTo(UUID.class)
            .findOne()
            .isPresent();
    if (!open) {
      throw new Rejected(Why.NO_SUCH_UPLOAD, upload.toString());
    }
  }

  private static int insert(Handle handle, Upload upload) {
    return handle
        .createUpdate(
            """
            INSERT INTO depot.upload (%s) VALUES (:id, :bucket, :key, :owner, :initiator,
              :started, :class, :acl, :headers, :algorithm, :type)
            """
                .formatted(COLUMNS))
        .bind("id", upload.id())
        .bind("bucket", upload.bucket())
        .bind("key", upload.key().bytes())
        .bind("owner", upload.owner().value())
        .bind("initiator", upload.initiator().value())
        .bind("started", upload.started())
        .bind("class", upload.storageClass())
        .bind("acl", upload.acl().text())
        .bind("headers", upload.headers().text())
        .bind("algorithm", upload.algorithm())
        .bind("type", upload.checksumType())
        .execute();
  }

  private static Optional<Upload> select(
      Handle handle, Bucket bucket, ObjectKey key, UUID id, String more) {
    return handle
        .createQuery(
            "SELECT %s FROM depot.upload WHERE id = :id AND bucket = :bucket AND key = :key%s"
                .formatted(COLUMNS, more))
        .bind("id", id)
        .bind("bucket", bucket.id())
        .bind("key", key.bytes())
        .map((row, _) -> read(row))
        .findOne();
  }

  private static List<Part> selectParts(Handle handle, UUID upload, int after, int most) {
    return handle
        .createQuery(
            """
            SELECT number, size, etag, crc32c, checksum, modified FROM depot.part
            WHERE upload = :upload AND number > :after ORDER BY number LIMIT :most
            """)
        .bind("upload", upload)
        .bind("after", after)
        .bind("most", most)
        .map((row, _) -> part(row))
        .list();
  }

  private static Part part(ResultSet row) throws SQLException {
    return new Part(
        row.getInt("number"),
        row.getLong("size"),
        row.getString("etag"),
        row.getInt("crc32c"),
        row.getString("checksum"),
        row.getTimestamp("modified").toInstant());
  }

  private static Upload read(ResultSet row) throws SQLException {
    return new Upload(
        row.getObject("id", UUID.class),
        row.getLong("bucket"),
        ObjectKey.ofStored(row.getBytes("key")),
        new AccountId(row.getString("owner")),
        new AccountId(row.getString("initiator")),
        row.getTimestamp("started").toInstant(),
        row.getString("storage_class"),
        Acl.of(row.getString("acl")),
        Headers.of(row.getString("headers")),
        row.getString("checksum_algorithm"),
        row.getString("checksum_type"));
  }

  /// Where a list of uploads begins.
  ///
  /// @param at key
  /// @param key of the upload to begin behind; empty for none
  /// @param upload to begin behind, of that key
  public record Start(Listing.Start at, String key, @Nullable UUID upload) {
    /// At the first.
    public static final Start FIRST = new Start(Listing.Start.FIRST, "", null);

    /// Behind all uploads of a key.
    public static Start behindKey(String key) {
      return new Start(Listing.Start.after(key), "", null);
    }

    /// Behind one upload of a key.
    public static Start behindUpload(String key, UUID upload) {
      return new Start(Listing.Start.at(key), key, upload);
    }

    /// Behind all keys with a common prefix.
    public static Start behindAll(String commonPrefix) {
      return new Start(Listing.Start.behindAll(commonPrefix), "", null);
    }
  }

  /// Makes an object of the parts that an upload has.
  @FunctionalInterface
  public interface Assembly {
    /// The object to be.
    ///
    /// @throws Rejected if it cannot be made of these parts
    Assembled of(List<Part> parts) throws Rejected;
  }

  /// An object to be.
  ///
  /// @param facts what is known of it
  /// @param numbers of its parts
  public record Assembled(Facts facts, List<Integer> numbers) {
    /// Copies the list.
    public Assembled {
      numbers = List.copyOf(numbers);
    }
  }
}
