package org.diskferry.depot.s3;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.diskferry.depot.index.Part;

/// What is written down of a part.
final class PartFacts {
  /// Most parts of an upload, as S3 has it.
  static final int MOST_PARTS = 10_000;

  private PartFacts() {}

  /// The number that a request gives to a part.
  static int number(Call call) throws S3Fault {
    int number = call.query().number("partNumber", 1, Integer.MAX_VALUE, 0);
    if (number < 1 || number > MOST_PARTS) {
      throw new S3Fault(
          S3Code.InvalidArgument, "Part number must be an integer between 1 and 10000, inclusive");
    }
    return number;
  }

  /// A part whose body was read to its end.
  static Part of(int number, Body body, UploadChecksum checksum, Instant at) {
    String stored =
        checksum
            .chosen()
            .map(algorithm -> StoredChecksum.ofWhole(algorithm, body.value(algorithm)).text())
            .orElse("");
    int crc32c = ByteBuffer.wrap(body.value(ChecksumAlgorithm.CRC32C)).getInt();
    return new Part(number, body.length(), body.md5(), crc32c, stored, at);
  }
}
