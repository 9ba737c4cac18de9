package org.diskferry.depot.index;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Lists a bucket in order of key, a page at a time. What lies under one common prefix is skipped
/// over by the index, so that a page costs the same whatever the bucket holds.
public final class Listing {
  /// Above every byte of UTF-8, so behind every key.
  private static final byte[] END = {(byte) 0xff};

  private static final String COLUMNS = "key, size, etag, modified, storage_class, owner, checksum";

  private static final String PLAIN =
      """
      SELECT %s, 0 AS cut FROM depot.object
      WHERE bucket = :bucket AND key >= :from AND key < :end ORDER BY key LIMIT :most
      """
          .formatted(COLUMNS);

  /// Steps from key to key; behind a key with the delimiter, to behind all that share what comes
  /// before it.
  private static final String SKIPPING =
      """
      WITH RECURSIVE walk (%1$s, cut, n) AS (
        (SELECT %1$s, position(:delimiter IN substring(key FROM :skip)), 1
         FROM depot.object
         WHERE bucket = :bucket AND key >= :from AND key < :end ORDER BY key LIMIT 1)
        UNION ALL
        SELECT f.*, position(:delimiter IN substring(f.key FROM :skip)), walk.n + 1
        FROM walk CROSS JOIN LATERAL (
          SELECT %1$s FROM depot.object o
          WHERE o.bucket = :bucket
            AND o.key >= CASE walk.cut WHEN 0 THEN walk.key || '\\x00'::bytea
              ELSE substring(walk.key FROM 1 FOR :skip + walk.cut - 2) || :behind END
            AND o.key < :end
          ORDER BY o.key LIMIT 1) f
        WHERE walk.n < :most)
      SELECT %1$s, cut FROM walk ORDER BY n
      """
          .formatted(COLUMNS);

  private final Database database;

  Listing(Database database) {
    this.database = database;
  }

  /// One page: at most `most` rows from `from` on.
  public List<Row> page(Bucket bucket, Query query, Start from, int most) {
    return query.delimiter().isEmpty()
        ? database.with(handle -> plain(handle, bucket, query, from, most))
        : database.with(handle -> skipping(handle, bucket, query, from, most));
  }

  private static List<Row> plain(Handle handle, Bucket bucket, Query query, Start from, int most) {
    return handle
        .createQuery(PLAIN)
        .bind("bucket", bucket.id())
        .bind("from", from.within(query))
        .bind("end", query.end())
        .bind("most", most)
        .map((row, _) -> read(row, query))
        .list();
  }

  private static List<Row> skipping(
      Handle handle, Bucket bucket, Query query, Start from, int most) {
    byte[] delimiter = utf8(query.delimiter());
    return handle
        .createQuery(SKIPPING)
        .bind("bucket", bucket.id())
        .bind("from", from.within(query))
        .bind("end", query.end())
        .bind("most", most)
        .bind("delimiter", delimiter)
        .bind("behind", behind(delimiter))
        .bind("skip", utf8(query.prefix()).length + 1)
        .map((row, _) -> read(row, query))
        .list();
  }

  private static Row read(ResultSet row, Query query) throws SQLException {
    byte[] key = row.getBytes("key");
    int cut = row.getInt("cut");
    if (cut > 0) {
      int length = utf8(query.prefix()).length + cut - 1 + utf8(query.delimiter()).length;
      return new CommonPrefix(new String(key, 0, length, StandardCharsets.UTF_8));
    }
    return new Found(
        ObjectKey.ofStored(key),
        row.getLong("size"),
        row.getString("etag"),
        row.getTimestamp("modified").toInstant(),
        row.getString("storage_class"),
        row.getString("owner"),
        row.getString("checksum"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The first text behind all that begin with this one. No byte of UTF-8 is 0xff.
  private static byte[] behind(byte[] text) {
    if (text.length == 0) {
      return END;
    }
    byte[] next = text.clone();
    next[next.length - 1]++;
    return next;
  }

  /// What to list.
  ///
  /// @param prefix of all keys; may be empty
  /// @param delimiter up to which keys are summed up; empty for none
  public record Query(String prefix, String delimiter) {
    byte[] end() {
      return behind(utf8(prefix));
    }

    /// What a key is summed up under; empty where it stands for itself.
    public String commonPrefix(String key) {
      int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      return at < 0 ? "" : key.substring(0, at + delimiter.length());
    }

    /// Whether a text is what a common prefix of this query looks like.
    public boolean isCommonPrefix(String text) {
      return !delimiter.isEmpty()
          && text.startsWith(prefix)
          && text.indexOf(delimiter, prefix.length()) == text.length() - delimiter.length()
          && text.length() >= prefix.length() + delimiter.length();
    }
  }

  /// Where to begin.
  public static final class Start {
    /// At the first key.
    public static final Start FIRST = new Start(new byte[0]);

    private final byte[] from;

    private Start(byte[] from) {
      this.from = from;
    }

    /// At one key or text.
    static Start at(String text) {
      return new Start(utf8(text));
    }

    /// Behind one key or text.
    public static Start after(String text) {
      byte[] bytes = utf8(text);
      return new Start(Arrays.copyOf(bytes, bytes.length + 1));
    }

    /// Behind all keys with a common prefix.
    public static Start behindAll(String commonPrefix) {
      return new Start(behind(utf8(commonPrefix)));
    }

    byte[] within(Query query) {
      byte[] prefix = utf8(query.prefix());
      return Arrays.compareUnsigned(from, prefix) < 0 ? prefix : from;
    }
  }

  /// A row of a listing.
  public sealed interface Row {
    /// The key or the common prefix.
    String name();
  }

  /// Keys summed up.
  ///
  /// @param name what they share, the delimiter included
  public record CommonPrefix(String name) implements Row {}

  /// An object.
  public record Found(
      ObjectKey key,
      long size,
      String etag,
      Instant modified,
      String storageClass,
      String owner,
      String checksum)
      implements Row {
    @Override
    public String name() {
      return key.toString();
    }
  }
}
