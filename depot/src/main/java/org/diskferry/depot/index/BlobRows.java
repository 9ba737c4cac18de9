package org.diskferry.depot.index;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diskferry.depot.blob.ChunkSums;
import org.diskferry.depot.blob.Ledger;
import org.diskferry.depot.blob.Location;
import org.diskferry.depot.blob.Staged;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// The rows of blobs, counted by what refers to them. All inside of the caller's transaction.
final class BlobRows {
  private BlobRows() {}

  static <T extends SqlStatement<T>> T bind(T statement, Staged staged) {
    Location location = staged.location();
    return statement
        .bind("file", location.file())
        .bind("packed", location.packed())
        .bind("from", location.at())
        .bind("length", location.length())
        .bind("sums", staged.sums().bytes());
  }

  /// Writes down a blob to which one thing refers.
  static long insert(Handle handle, Staged staged) {
    return bind(
            handle.createQuery(
                """
                INSERT INTO depot.blob (file, packed, at, length, sums, refs)
                VALUES (:file, :packed, :from, :length, :sums, 1) RETURNING id
                """),
            staged)
        .mapTo(Long.class)
        .one();
  }

  /// One more thing refers to each blob of a content.
  static void share(Handle handle, long content) {
    handle
        .createUpdate(
            """
            WITH mine AS (
              SELECT id FROM depot.blob
              WHERE id IN (SELECT blob FROM depot.piece WHERE content = :content)
              ORDER BY id FOR UPDATE)
            UPDATE depot.blob b SET refs = refs + 1 FROM mine WHERE b.id = mine.id
            """)
        .bind("content", content)
        .execute();
  }

  /// Drops the pieces of contents, and the blobs to which then nothing refers.
  static void dropContents(Handle handle, Collection<Long> contents, Instant now) {
    List<Long> blobs =
        handle
            .createQuery("DELETE FROM depot.piece WHERE content = ANY(:contents) RETURNING blob")
            .bindArray("contents", Long.class, contents)
            .mapTo(Long.class)
            .list();
    drop(handle, blobs, now);
  }

  /// One thing fewer refers to each of the blobs, as often as it is named.
  static void drop(Handle handle, Collection<Long> blobs, Instant now) {
    if (blobs.isEmpty()) {
      return;
    }
    // In the order of ids, so that two of these wait for one another only one way.
    handle
        .createUpdate(
            """
            WITH less AS (
              SELECT id, count(*) AS times FROM unnest(:blobs) AS id GROUP BY id),
            mine AS (
              SELECT id FROM depot.blob WHERE id IN (SELECT id FROM less) ORDER BY id FOR UPDATE)
            UPDATE depot.blob b SET refs = refs - less.times
            FROM less JOIN mine USING (id) WHERE b.id = less.id
            """)
        .bindArray("blobs", Long.class, blobs)
        .execute();
    handle
        .createUpdate(
            """
            WITH gone AS (
              DELETE FROM depot.blob WHERE id = ANY(:blobs) AND refs = 0 RETURNING file, packed)
            INSERT INTO depot.garbage (file, packed, since)
            SELECT file, false, :now FROM gone WHERE NOT packed
            """)
        .bindArray("blobs", Long.class, blobs)
        .bind("now", now)
        .execute();
  }

  /// Where a blob lies now.
  static Optional<Ledger.Blob> find(Handle handle, long blob) {
    return handle
        .createQuery("SELECT id, file, packed, at, length, sums FROM depot.blob WHERE id = :blob")
        .bind("blob", blob)
        .map((row, _) -> read(row))
        .findOne();
  }

  static Ledger.Blob read(ResultSet row) throws SQLException {
    Location location =
        new Location(
            row.getObject("file", UUID.class),
            row.getBoolean("packed"),
            row.getLong("at"),
            row.getLong("length"));
    return new Ledger.Blob(row.getLong("id"), location, ChunkSums.of(row.getBytes("sums")));
  }
}
