package org.diskferry.server.registry;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.diskferry.job.JobId;
import org.jdbi.v3.core.Handle;

/// The table of events.
final class EventRows {
  private EventRows() {}

  static void insert(Handle handle, JobId job, StoredEvent event, byte[] hash) {
    handle
        .createUpdate(
            "INSERT INTO registry.event (job, number, at, type, version, payload, hash)"
                + " VALUES (:job, :number, :at, :type, :version, :payload, :hash)")
        .bind("job", job.value())
        .bind("number", event.number())
        .bind("at", utc(event.at()))
        .bind("type", event.type())
        .bind("version", event.version())
        .bind("payload", event.payload().getBytes(StandardCharsets.UTF_8))
        .bind("hash", hash)
        .execute();
  }

  static List<StoredEvent> of(Handle handle, JobId job) {
    return handle
        .createQuery(
            "SELECT number, at, type, version, payload FROM registry.event"
                + " WHERE job = :job ORDER BY number")
        .bind("job", job.value())
        .map((row, context) -> read(row))
        .list();
  }

  static List<byte[]> hashes(Handle handle, JobId job) {
    return handle
        .createQuery("SELECT hash FROM registry.event WHERE job = :job ORDER BY number")
        .bind("job", job.value())
        .mapTo(byte[].class)
        .list();
  }

  static OffsetDateTime utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static StoredEvent read(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getInt("number"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("type"),
        row.getShort("version"),
        new String(row.getBytes("payload"), StandardCharsets.UTF_8));
  }
}
