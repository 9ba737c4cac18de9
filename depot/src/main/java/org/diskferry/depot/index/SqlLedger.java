package org.diskferry.depot.index;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.diskferry.depot.blob.Ledger;
import org.diskferry.depot.blob.Location;

/// The ledger of blobs, in the database.
final class SqlLedger implements Ledger {
  private final Database database;

  SqlLedger(Database database) {
    this.database = database;
  }

  @Override
  public UUID identify(UUID proposed) {
    return database.transact(handle -> {
      handle
          .createUpdate(
              "INSERT INTO depot.identity (directory) VALUES (:id) ON CONFLICT DO NOTHING")
          .bind("id", proposed)
          .execute();
      return handle.createQuery("SELECT directory FROM depot.identity").mapTo(UUID.class).one();
    });
  }

  @Override
  public Set<UUID> unknown(Collection<UUID> files) {
    if (files.isEmpty()) {
      return Set.of();
    }
    return database.with(handle ->
        new HashSet<>(
            handle
                .createQuery(
                    """
                    SELECT f FROM unnest(:files) AS f
                    WHERE NOT EXISTS (SELECT FROM depot.blob WHERE file = f)
                      AND NOT EXISTS (SELECT FROM depot.garbage WHERE file = f)
                    """)
                .bindArray("files", UUID.class, files)
                .mapTo(UUID.class)
                .list()));
  }

  @Override
  public long packedEnd(UUID file) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT at + length FROM depot.blob WHERE file = :file ORDER BY at DESC LIMIT 1
                """)
            .bind("file", file)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L));
  }

  @Override
  public List<Fill> fill(Collection<UUID> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT file, sum(length)::bigint AS bytes FROM depot.blob
                WHERE file = ANY(:files) GROUP BY file
                """)
            .bindArray("files", UUID.class, files)
            .map((row, _) -> new Fill(row.getObject("file", UUID.class), row.getLong("bytes")))
            .list());
  }

  @Override
  public List<Blob> blobsIn(UUID file) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT id, file, packed, at, length, sums FROM depot.blob
                WHERE file = :file ORDER BY at
                """)
            .bind("file", file)
            .map((row, _) -> BlobRows.read(row))
            .list());
  }

  @Override
  public boolean move(long blob, Location to) {
    int moved =
        database.with(handle ->
            handle
                .createUpdate(
                    """
                    UPDATE depot.blob SET file = :file, packed = :packed, at = :from
                    WHERE id = :id AND length = :length
                    """)
                .bind("id", blob)
                .bind("file", to.file())
                .bind("packed", to.packed())
                .bind("from", to.at())
                .bind("length", to.length())
                .execute());
    return moved == 1;
  }

  @Override
  public void discard(UUID file, boolean packed, Instant now) {
    database.with(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO depot.garbage (file, packed, since) VALUES (:file, :packed, :now)
                ON CONFLICT DO NOTHING
                """)
            .bind("file", file)
            .bind("packed", packed)
            .bind("now", now)
            .execute());
  }

  @Override
  public List<Garbage> garbage(Instant limit, int most) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT file, packed FROM depot.garbage WHERE since < :limit
                ORDER BY since LIMIT :most
                """)
            .bind("limit", limit)
            .bind("most", most)
            .map((row, _) ->
                new Garbage(row.getObject("file", UUID.class), row.getBoolean("packed")))
            .list());
  }

  @Override
  public void removed(Collection<UUID> files) {
    database.with(handle ->
        handle
            .createUpdate("DELETE FROM depot.garbage WHERE file = ANY(:files)")
            .bindArray("files", UUID.class, files)
            .execute());
  }

  @Override
  public List<Blob> blobsAfter(long after, int most) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT id, file, packed, at, length, sums FROM depot.blob
                WHERE id > :after ORDER BY id LIMIT :most
                """)
            .bind("after", after)
            .bind("most", most)
            .map((row, _) -> BlobRows.read(row))
            .list());
  }

  @Override
  public Total total() {
    return database.with(handle ->
        handle
            .createQuery(
                "SELECT count(*) AS blobs, coalesce(sum(length), 0)::bigint AS bytes FROM depot.blob")
            .map((row, _) -> new Total(row.getLong("blobs"), row.getLong("bytes")))
            .one());
  }

  @Override
  public List<String> owners(long blob) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                SELECT b.name AS bucket, o.key FROM depot.piece p
                JOIN depot.object o USING (content) JOIN depot.bucket b ON b.id = o.bucket
                WHERE p.blob = :blob
                UNION ALL
                SELECT b.name, u.key FROM depot.part p
                JOIN depot.upload u ON u.id = p.upload JOIN depot.bucket b ON b.id = u.bucket
                WHERE p.blob = :blob
                """)
            .bind("blob", blob)
            .map(
                (row, _) -> row.getString("bucket") + "/" + ObjectKey.ofStored(row.getBytes("key")))
            .list());
  }
}
