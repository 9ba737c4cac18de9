package org.diskferry.server.registry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.diskferry.job.JobId;

/// The hash chain of a job's events: SHA-256 over the hash before and the event's stored bytes.
/// What is changed, dropped, added or exchanged later breaks it from there on.
///
/// | field | bytes |
/// |---|---|
/// | hash of the event before; zeros for the first | 32 |
/// | job id | 5 |
/// | number of the event | 4 |
/// | time, microseconds since 1970 | 8 |
/// | schema version | 2 |
/// | length of the type's name, and the name | 4 + n |
/// | length of the payload, and the payload as written | 4 + n |
///
/// Numbers are big-endian.
final class Chain {
  /// Length of a hash.
  static final int HASH = 32;

  private static final int MICROS = 1_000_000;
  private static final int NANOS_IN_MICRO = 1000;

  private Chain() {}

  /// Before the first event.
  static byte[] start() {
    return new byte[HASH];
  }

  static byte[] next(byte[] before, JobId job, StoredEvent event) {
    byte[] type = event.type().getBytes(StandardCharsets.UTF_8);
    byte[] payload = event.payload().getBytes(StandardCharsets.UTF_8);
    MessageDigest digest = sha256();
    digest.update(before);
    digest.update(job.value().getBytes(StandardCharsets.US_ASCII));
    digest.update(
        ByteBuffer.allocate(Integer.BYTES + Long.BYTES + Short.BYTES + Integer.BYTES)
            .putInt(event.number())
            .putLong(micros(event.at()))
            .putShort(event.version())
            .putInt(type.length)
            .flip());
    digest.update(type);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(payload.length).flip());
    return digest.digest(payload);
  }

  private static long micros(Instant at) {
    return Math.addExact(
        Math.multiplyExact(at.getEpochSecond(), (long) MICROS), at.getNano() / NANOS_IN_MICRO);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
