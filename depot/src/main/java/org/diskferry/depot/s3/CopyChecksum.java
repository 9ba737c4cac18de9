package org.diskferry.depot.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.index.Entry;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.Index;

/// The checksum of a copy: the source's, or one of an algorithm that the client asks for, of all
/// the bytes. Only where the source has no such value are they read.
final class CopyChecksum {
  static final String HEADER = "x-amz-checksum-algorithm";

  private final Index index;
  private final Blobs blobs;

  CopyChecksum(Index index, Blobs blobs) {
    this.index = index;
    this.blobs = blobs;
  }

  /// As it is stored; empty where the source has none and none is asked for.
  String of(S3Request request, Entry source) throws IOException {
    String name = request.header(HEADER);
    if (name.isEmpty()) {
      return source.facts().checksum();
    }
    ChecksumAlgorithm algorithm = UploadChecksum.named(name);
    Optional<StoredChecksum> known = known(source.facts(), algorithm);
    return known.isPresent() ? known.get().text() : computed(source, algorithm).text();
  }

  private static Optional<StoredChecksum> known(Facts facts, ChecksumAlgorithm algorithm) {
    if (algorithm == ChecksumAlgorithm.CRC32C) {
      return Optional.of(StoredChecksum.ofWhole(algorithm, StoredChecksum.bytes(facts.crc32c())));
    }
    return StoredChecksum.parse(facts.checksum())
        .filter(sum -> sum.algorithm() == algorithm)
        .filter(sum -> sum.type().equals(StoredChecksum.FULL_OBJECT));
  }

  private StoredChecksum computed(Entry source, ChecksumAlgorithm algorithm) throws IOException {
    Digest digest = algorithm.begin();
    ByteRange all = ByteRange.all(source.facts().size());
    try (ObjectContent content =
        new ObjectContent(index, blobs, blobs.readers().begin(), source.content(), all)) {
      Optional<ByteBuffer> next = content.next();
      while (next.isPresent()) {
        byte[] bytes = new byte[next.get().remaining()];
        next.get().get(bytes);
        digest.update(bytes, 0, bytes.length);
        next = content.next();
      }
    }
    return StoredChecksum.ofWhole(algorithm, digest.value());
  }
}
