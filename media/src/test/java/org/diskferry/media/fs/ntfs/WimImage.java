package org.diskferry.media.fs.ntfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.diskferry.media.testing.Tool;

/// A WIM image that wimlib captures. Its resources have the layout that CompactOS keeps in a file's
/// stream, and are packed by the same methods: no tool of this system writes the latter.
///
/// Header: 48 where the table of blobs is (8 bytes size, the top one flags; 8 offset). Entry of it,
/// 50 bytes: 0 packed size and flags, 8 offset, 16 plain size, 30 SHA-1 of the plain bytes.
final class WimImage {
  private static final int TABLE = 48;
  private static final int ENTRY = 50;
  private static final int SHA1 = 30;
  private static final int SHA1_BYTES = 20;
  private static final int COMPRESSED = 4;
  private static final long SIZE_MASK = (1L << 56) - 1;

  private final ByteBuffer bytes;

  private WimImage(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /// Captures all files of `folder`.
  static WimImage of(Path folder, SystemCompression compression) throws Exception {
    Path image = Files.createTempFile(folder.getParent(), "captured", ".wim");
    Tool.run(
        "wimcapture",
        folder.toString(),
        image.toString(),
        compression == SystemCompression.LZX_32K ? "--compress=LZX" : "--compress=XPRESS",
        "--chunk-size=" + compression.chunkBytes(),
        "--threads=1",
        "--no-acls");
    byte[] all = Files.readAllBytes(image);
    Files.delete(image);
    return new WimImage(ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN));
  }

  /// The packed resource of the file with this content; empty where it is not stored compressed.
  Optional<byte[]> packed(byte[] content) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-1").digest(content);
    int table = (int) bytes.getLong(TABLE + 8);
    int end = table + (int) (bytes.getLong(TABLE) & SIZE_MASK);
    for (int at = table; at < end; at += ENTRY) {
      byte[] own = new byte[SHA1_BYTES];
      bytes.get(at + SHA1, own);
      if (Arrays.equals(own, digest)) {
        return packedAt(at);
      }
    }
    throw new IOException("the image has no such content");
  }

  private Optional<byte[]> packedAt(int entry) {
    if ((bytes.get(entry + 7) & COMPRESSED) == 0) {
      return Optional.empty();
    }
    byte[] packed = new byte[(int) (bytes.getLong(entry) & SIZE_MASK)];
    bytes.get((int) bytes.getLong(entry + 8), packed);
    return Optional.of(packed);
  }
}
