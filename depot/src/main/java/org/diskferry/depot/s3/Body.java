package org.diskferry.depot.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.diskferry.access.signing.Payload;

/// The body of a request: unpacked where it comes in chunks, hashed as it passes by, and held to
/// everything that the client said of it when it ends.
final class Body {
  /// Largest object or part in one request, as S3 has it.
  static final long LARGEST = 5L * 1024 * 1024 * 1024;

  private static final int MD5_LENGTH = 16;

  private final long length;
  private final InputStream content;
  private final Claims claims;
  private final Digest md5 = Digest.md5();
  private final Map<ChecksumAlgorithm, Digest> digests = new EnumMap<>(ChecksumAlgorithm.class);
  private final Map<ChecksumAlgorithm, byte[]> values = new EnumMap<>(ChecksumAlgorithm.class);
  private byte[] md5Value = new byte[0];

  private Body(long length, InputStream content, Claims claims) {
    this.length = length;
    this.content = content;
    this.claims = claims;
    compute(ChecksumAlgorithm.CRC32C);
    claims.algorithms().forEach(this::compute);
  }

  static Body of(Call call) throws S3Fault {
    S3Request request = call.request();
    Claims claims = Claims.of(call);
    AwsChunks.Signatures signatures = signatures(call.payload());
    boolean chunked = !(signatures instanceof AwsChunks.NoChunks);
    long length = chunked ? decodedLength(request) : request.body().length();
    if (length < 0) {
      throw new S3Fault(S3Code.MissingContentLength);
    }
    if (length > LARGEST) {
      throw new S3Fault(S3Code.EntityTooLarge);
    }
    InputStream wire = request.body().stream();
    return new Body(
        length, chunked ? new AwsChunks(wire, signatures, length, claims) : wire, claims);
  }

  /// Bytes that come from within, of which nothing was said.
  static Body ofCopy(long length, InputStream bytes) {
    return new Body(length, bytes, new Claims("", ""));
  }

  /// Bytes of the content.
  long length() {
    return length;
  }

  /// Has one more checksum computed.
  void compute(ChecksumAlgorithm algorithm) {
    digests.computeIfAbsent(algorithm, ChecksumAlgorithm::begin);
  }

  /// The algorithm for which the client sent a value, or will.
  Optional<ChecksumAlgorithm> claimed() {
    return claims.checksum();
  }

  /// The content. The read that finds its end throws what is wrong with it.
  InputStream checked() {
    return new Checked();
  }

  /// MD5 in hex, of a body that was read to its end.
  String md5() {
    return HexFormat.of().formatHex(md5Value);
  }

  /// A checksum, of a body that was read to its end.
  byte[] value(ChecksumAlgorithm algorithm) {
    return Objects.requireNonNull(values.get(algorithm)).clone();
  }

  private static AwsChunks.Signatures signatures(Payload payload) {
    return switch (payload) {
      case Payload.Chunked signed -> new AwsChunks.Signed(signed.chain(), signed.trailer());
      case Payload.UnsignedChunks _ -> new AwsChunks.Unsigned();
      case Payload.Covered _, Payload.Hashed _, Payload.Unsigned _ -> new AwsChunks.NoChunks();
    };
  }

  private static long decodedLength(S3Request request) throws S3Fault {
    try {
      return Long.parseLong(request.header("x-amz-decoded-content-length"));
    } catch (NumberFormatException e) {
      throw new S3Fault(
          S3Code.MissingContentLength, "x-amz-decoded-content-length must say the length.", e);
    }
  }

  private void end() throws S3Fault {
    if (md5Value.length == MD5_LENGTH) {
      return;
    }
    md5Value = md5.value();
    digests.forEach((algorithm, digest) -> values.put(algorithm, digest.value()));
    claims.check(md5Value, values);
  }

  private void update(byte[] bytes, int from, int count) {
    md5.update(bytes, from, count);
    for (Digest digest : digests.values()) {
      digest.update(bytes, from, count);
    }
  }

  /// What the client says that the body hashes to.
  private static final class Claims implements AwsChunks.Trailers {
    private final String contentMd5;
    private final String sha256;
    private final Map<ChecksumAlgorithm, String> values = new EnumMap<>(ChecksumAlgorithm.class);
    private final List<ChecksumAlgorithm> trailing = new ArrayList<>();

    private Claims(String contentMd5, String sha256) {
      this.contentMd5 = contentMd5;
      this.sha256 = sha256;
    }

    static Claims of(Call call) throws S3Fault {
      Claims claims =
          new Claims(
              call.header("content-md5"),
              call.payload() instanceof Payload.Hashed hashed ? hashed.sha256() : "");
      claims.checkMd5Form();
      for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
        String value = call.header(algorithm.header());
        if (!value.isEmpty()) {
          claims.claim(algorithm, value);
        }
      }
      for (String name : call.header("x-amz-trailer").split(",", -1)) {
        byHeader(name.strip()).ifPresent(claims.trailing::add);
      }
      if (claims.values.size() + claims.trailing.size() > 1) {
        throw new S3Fault(
            S3Code.InvalidRequest, "Expecting a single x-amz-checksum- header or trailer.");
      }
      if (claims.values.isEmpty()
          && claims.trailing.isEmpty()
          && !call.header("x-amz-sdk-checksum-algorithm").isEmpty()) {
        throw new S3Fault(
            S3Code.InvalidRequest,
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
                + " x-amz-trailer headers were found.");
      }
      return claims;
    }

    /// What must be computed.
    List<ChecksumAlgorithm> algorithms() {
      List<ChecksumAlgorithm> all = new ArrayList<>(values.keySet());
      all.addAll(trailing);
      if (!sha256.isEmpty()) {
        all.add(ChecksumAlgorithm.SHA256);
      }
      return all;
    }

    Optional<ChecksumAlgorithm> checksum() {
      return values.keySet().stream().findFirst().or(() -> trailing.stream().findFirst());
    }

    @Override
    public void trailer(String name, String value) throws S3Fault {
      Optional<ChecksumAlgorithm> algorithm = byHeader(name);
      if (algorithm.filter(trailing::contains).isPresent()) {
        claim(algorithm.get(), value);
      } else if (algorithm.isPresent()) {
        throw new S3Fault(
            S3Code.InvalidRequest, "The trailer " + name + " was not announced in x-amz-trailer.");
      }
    }

    void check(byte[] md5, Map<ChecksumAlgorithm, byte[]> computed) throws S3Fault {
      if (!contentMd5.isEmpty() && !contentMd5.equals(base64(md5))) {
        throw new S3Fault(
            S3Code.BadDigest, "The Content-MD5 you specified did not match what we received.");
      }
      for (Map.Entry<ChecksumAlgorithm, String> claim : values.entrySet()) {
        if (!claim.getValue().equals(base64(known(computed, claim.getKey())))) {
          throw new S3Fault(
              S3Code.BadDigest,
              "The %s you specified did not match the calculated checksum."
                  .formatted(claim.getKey()));
        }
      }
      if (!trailing.stream().allMatch(values::containsKey)) {
        throw new S3Fault(S3Code.InvalidRequest, "An announced trailer is missing.");
      }
      if (!sha256.isEmpty()
          && !sha256.equals(HexFormat.of().formatHex(known(computed, ChecksumAlgorithm.SHA256)))) {
        throw new S3Fault(S3Code.XAmzContentSHA256Mismatch);
      }
    }

    private static byte[] known(
        Map<ChecksumAlgorithm, byte[]> computed, ChecksumAlgorithm algorithm) {
      return Objects.requireNonNull(computed.get(algorithm));
    }

    private void claim(ChecksumAlgorithm algorithm, String value) throws S3Fault {
      if (decoded(value).filter(bytes -> bytes.length == algorithm.length()).isEmpty()) {
        throw new S3Fault(
            S3Code.InvalidRequest, "Value for %s is invalid.".formatted(algorithm.header()));
      }
      values.put(algorithm, value);
    }

    private void checkMd5Form() throws S3Fault {
      if (!contentMd5.isEmpty()
          && decoded(contentMd5).filter(bytes -> bytes.length == MD5_LENGTH).isEmpty()) {
        throw new S3Fault(S3Code.InvalidDigest);
      }
    }

    private static Optional<byte[]> decoded(String base64) {
      try {
        return Optional.of(Base64.getDecoder().decode(base64));
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }

    private static String base64(byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }

    private static Optional<ChecksumAlgorithm> byHeader(String name) {
      return Arrays.stream(ChecksumAlgorithm.values())
          .filter(algorithm -> algorithm.header().equalsIgnoreCase(name))
          .findFirst();
    }
  }

  /// Hashes what passes by and checks the claims at the end.
  private final class Checked extends InputStream {
    private long left = length;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      int got = content.read(bytes, from, count);
      if (got < 0) {
        if (left > 0) {
          throw new S3Fault(S3Code.IncompleteBody);
        }
        end();
        return -1;
      }
      left -= got;
      if (left < 0) {
        throw new S3Fault(S3Code.InvalidRequest, "The body is longer than it was said to be.");
      }
      update(bytes, from, got);
      return got;
    }
  }
}
