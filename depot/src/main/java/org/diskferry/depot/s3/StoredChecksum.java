package org.diskferry.depot.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.diskferry.depot.index.Facts;

/// A checksum of an object as clients see it.
///
/// @param algorithm which
/// @param type `FULL_OBJECT`, or `COMPOSITE` for one over the checksums of parts
/// @param value base64, with `-N` behind it where composite
record StoredChecksum(ChecksumAlgorithm algorithm, String type, String value) {
  static final String FULL_OBJECT = "FULL_OBJECT";
  static final String COMPOSITE = "COMPOSITE";

  static StoredChecksum ofWhole(ChecksumAlgorithm algorithm, byte[] value) {
    return new StoredChecksum(algorithm, FULL_OBJECT, Base64.getEncoder().encodeToString(value));
  }

  /// The client's choice, or the CRC32C that is always computed.
  static StoredChecksum of(Facts facts) {
    return parse(facts.checksum())
        .orElseGet(() -> ofWhole(ChecksumAlgorithm.CRC32C, bytes(facts.crc32c())));
  }

  static Optional<StoredChecksum> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String[] words = text.split(" ", 3);
    return Optional.of(new StoredChecksum(ChecksumAlgorithm.valueOf(words[0]), words[1], words[2]));
  }

  /// As [#parse] reads it.
  String text() {
    return algorithm + " " + type + " " + value;
  }

  static byte[] bytes(int crc) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(crc).array();
  }
}
