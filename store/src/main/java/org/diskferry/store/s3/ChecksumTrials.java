package org.diskferry.store.s3;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.diskferry.access.signing.Header;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.http.Answer;

/// Which of the checksums that S3 knows a store compares and gives back.
final class ChecksumTrials {
  /// CRC-64/NVME, reflected.
  private static final long CRC64NVME = 0x9A6C_9329_AC4B_C9B5L;

  private final Trial trial;

  /// The checksum of the content, and one that is not, in base64.
  private record Algorithm(String name, String right, String wrong) {
    static Algorithm of(String name, byte[] sum) {
      byte[] other = sum.clone();
      other[0] ^= 1;
      Base64.Encoder base64 = Base64.getEncoder();
      return new Algorithm(name, base64.encodeToString(sum), base64.encodeToString(other));
    }
  }

  ChecksumTrials(Trial trial) {
    this.trial = trial;
  }

  List<Finding> run() throws StoreException {
    List<Finding> findings = new ArrayList<>();
    for (Algorithm algorithm : algorithms(Trial.CONTENT)) {
      findings.add(ask(algorithm));
    }
    return findings;
  }

  private static List<Algorithm> algorithms(byte[] content) {
    return List.of(
        Algorithm.of("CRC32", crc(new CRC32(), content)),
        Algorithm.of("CRC32C", crc(new CRC32C(), content)),
        Algorithm.of(
            "CRC64NVME",
            ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(crc64(content))
                .array()),
        Algorithm.of("SHA1", digest("SHA-1", content)),
        Algorithm.of("SHA256", digest("SHA-256", content)));
  }

  private Finding ask(Algorithm algorithm) throws StoreException {
    String header = "x-amz-checksum-" + algorithm.name().toLowerCase(Locale.ROOT);
    Header right = new Header(header, algorithm.right());
    Header wrong = new Header(header, algorithm.wrong());
    Trial.Outcome refused = Trial.tried(() -> trial.putSealed("sum", wrong));
    if (refused.done()) {
      return Finding.note("checksum", algorithm.name(), "ignored");
    }
    if (!refused.was(Trouble.DAMAGED) || !Trial.tried(() -> trial.putSealed("sum", right)).done()) {
      return Finding.note("checksum", algorithm.name(), "refused: " + refused.said());
    }
    Answer told = trial.make("HEAD", "sum", "", new Header("x-amz-checksum-mode", "ENABLED"));
    boolean kept = told.field(header).orElse("").equals(algorithm.right());
    return Finding.good("checksum", algorithm.name(), kept ? "compared, kept" : "compared");
  }

  private static byte[] crc(Checksum crc, byte[] content) {
    crc.update(content);
    return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
  }

  static long crc64(byte[] content) {
    long crc = -1;
    for (byte one : content) {
      crc ^= one & 0xFF;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) * CRC64NVME);
      }
    }
    return ~crc;
  }

  private static byte[] digest(String name, byte[] content) {
    try {
      return MessageDigest.getInstance(name).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }
}
