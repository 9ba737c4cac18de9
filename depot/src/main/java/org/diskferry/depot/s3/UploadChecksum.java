package org.diskferry.depot.s3;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which checksum the parts of an upload carry, and what is made of them.
///
/// @param algorithm none where the client did not choose
/// @param type `FULL_OBJECT` or `COMPOSITE`; empty without algorithm
record UploadChecksum(@Nullable ChecksumAlgorithm algorithm, String type) {

  /// What a request that begins an upload asks for.
  static UploadChecksum of(S3Request request) throws S3Fault {
    String name = request.header("x-amz-checksum-algorithm");
    String type = request.header("x-amz-checksum-type").toUpperCase(Locale.ROOT);
    if (name.isEmpty()) {
      if (!type.isEmpty()) {
        throw new S3Fault(
            S3Code.InvalidRequest, "x-amz-checksum-type needs x-amz-checksum-algorithm.");
      }
      return new UploadChecksum(null, "");
    }
    ChecksumAlgorithm algorithm = named(name);
    return new UploadChecksum(algorithm, checked(algorithm, type));
  }

  /// The algorithm that a client names.
  static ChecksumAlgorithm named(String name) throws S3Fault {
    return ChecksumAlgorithm.named(name)
        .orElseThrow(() ->
            new S3Fault(S3Code.InvalidRequest, "Checksum algorithm provided is unsupported."));
  }

  /// As it was stored.
  static UploadChecksum of(String algorithm, String type) {
    return new UploadChecksum(ChecksumAlgorithm.named(algorithm).orElse(null), type);
  }

  String algorithmName() {
    return algorithm == null ? "" : algorithm.name();
  }

  Optional<ChecksumAlgorithm> chosen() {
    return Optional.ofNullable(algorithm);
  }

  Map<String, String> headers() {
    return algorithm == null
        ? Map.of()
        : Map.of("x-amz-checksum-algorithm", algorithm.name(), "x-amz-checksum-type", type);
  }

  private static String checked(ChecksumAlgorithm algorithm, String type) throws S3Fault {
    boolean onlyWhole = algorithm == ChecksumAlgorithm.CRC64NVME;
    if (type.isEmpty()) {
      return onlyWhole ? StoredChecksum.FULL_OBJECT : StoredChecksum.COMPOSITE;
    }
    boolean valid =
        type.equals(StoredChecksum.FULL_OBJECT)
            ? algorithm.joins()
            : type.equals(StoredChecksum.COMPOSITE) && !onlyWhole;
    if (!valid) {
      throw new S3Fault(
          S3Code.InvalidRequest,
          "The %s checksum type cannot be used with the %s checksum algorithm."
              .formatted(type, algorithm));
    }
    return type;
  }
}
