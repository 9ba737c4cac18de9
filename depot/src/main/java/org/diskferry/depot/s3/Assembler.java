package org.diskferry.depot.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.Part;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.index.Rejected.Why;
import org.diskferry.depot.index.Upload;
import org.diskferry.depot.index.Uploads.Assembled;

/// What an object will be that is made of parts.
final class Assembler {
  /// Least size of a part that is not the last, as S3 has it.
  static final long LEAST = 5L * 1024 * 1024;

  private static final HexFormat HEX = HexFormat.of();

  private final Upload upload;
  private final List<NamedPart> named;
  private final Call call;

  Assembler(Upload upload, List<NamedPart> named, Call call) {
    this.upload = upload;
    this.named = named;
    this.call = call;
  }

  /// The MD5 of the MD5s, and how many.
  static String etag(List<NamedPart> parts) {
    Digest md5 = Digest.md5();
    for (NamedPart part : parts) {
      byte[] each = unhex(part.etag());
      md5.update(each, 0, each.length);
    }
    return HEX.formatHex(md5.value()) + "-" + parts.size();
  }

  Assembled assemble(List<Part> stored) throws Rejected {
    Map<Integer, Part> byNumber =
        stored.stream().collect(Collectors.toMap(Part::number, Function.identity()));
    List<Part> parts = new ArrayList<>();
    for (NamedPart part : named) {
      parts.add(matched(part, byNumber));
    }
    long size = parts.stream().mapToLong(Part::size).sum();
    checkSizes(parts, size);
    Facts facts =
        new Facts(
            upload.owner(),
            size,
            etag(named),
            call.at(),
            upload.storageClass(),
            upload.acl(),
            upload.headers(),
            (int) joined(ChecksumAlgorithm.CRC32C, parts, part -> part.crc32c() & 0xffffffffL),
            checksum(parts));
    return new Assembled(facts, parts.stream().map(Part::number).toList());
  }

  private Part matched(NamedPart wanted, Map<Integer, Part> byNumber) throws Rejected {
    Part part = byNumber.get(wanted.number());
    if (part == null || !part.etag().equals(wanted.etag().toLowerCase(Locale.ROOT))) {
      throw new Rejected(Why.INVALID_PART, "part " + wanted.number());
    }
    StoredChecksum stored = StoredChecksum.parse(part.checksum()).orElse(null);
    if (stored != null) {
      String said = wanted.checksums().getOrDefault(stored.algorithm(), stored.value());
      if (!said.equals(stored.value())) {
        throw new Rejected(Why.INVALID_PART, "the checksum of part " + wanted.number());
      }
    }
    return part;
  }

  private void checkSizes(List<Part> parts, long size) throws Rejected {
    for (Part part : parts.subList(0, parts.size() - 1)) {
      if (part.size() < LEAST) {
        throw new Rejected(
            Why.PART_TOO_SMALL, "part %d has %d bytes".formatted(part.number(), part.size()));
      }
    }
    String said = call.header("x-amz-mp-object-size");
    if (!said.isEmpty() && !said.equals(Long.toString(size))) {
      throw new Rejected(Why.INVALID_PART, "the parts have %d bytes in all".formatted(size));
    }
  }

  private String checksum(List<Part> parts) throws Rejected {
    UploadChecksum chosen = UploadChecksum.of(upload.algorithm(), upload.checksumType());
    ChecksumAlgorithm algorithm = chosen.algorithm();
    if (algorithm == null) {
      return "";
    }
    StoredChecksum checksum =
        chosen.type().equals(StoredChecksum.COMPOSITE)
            ? composite(algorithm, parts)
            : whole(algorithm, parts);
    String said = call.header(algorithm.header());
    if (!said.isEmpty() && !said.equals(checksum.value())) {
      throw new Rejected(Why.BAD_CHECKSUM, "the checksum of the whole is " + checksum.value());
    }
    return checksum.text();
  }

  private static StoredChecksum composite(ChecksumAlgorithm algorithm, List<Part> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(part -> all.writeBytes(value(part)));
    Digest digest = algorithm.begin();
    digest.update(all.toByteArray(), 0, all.size());
    String value = Base64.getEncoder().encodeToString(digest.value()) + "-" + parts.size();
    return new StoredChecksum(algorithm, StoredChecksum.COMPOSITE, value);
  }

  private static StoredChecksum whole(ChecksumAlgorithm algorithm, List<Part> parts) {
    long crc = joined(algorithm, parts, part -> number(value(part)));
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(crc).array();
    return StoredChecksum.ofWhole(
        algorithm, Arrays.copyOfRange(bytes, Long.BYTES - algorithm.length(), Long.BYTES));
  }

  private static long joined(
      ChecksumAlgorithm algorithm, List<Part> parts, Function<Part, Long> crc) {
    CrcJoin join = CrcJoin.of(algorithm);
    long whole = 0;
    for (Part part : parts) {
      whole = join.join(whole, crc.apply(part), part.size());
    }
    return whole;
  }

  private static byte[] value(Part part) {
    return StoredChecksum.parse(part.checksum())
        .map(sum -> Base64.getDecoder().decode(sum.value()))
        .orElseThrow(() -> new IllegalStateException("part " + part.number() + " has no checksum"));
  }

  private static long number(byte[] bigEndian) {
    byte[] all = new byte[Long.BYTES];
    System.arraycopy(bigEndian, 0, all, Long.BYTES - bigEndian.length, bigEndian.length);
    return ByteBuffer.wrap(all).getLong();
  }

  /// An ETag that is no MD5 matches no part, so what stands for it here does not matter.
  private static byte[] unhex(String etag) {
    try {
      return HEX.parseHex(etag);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }
}
