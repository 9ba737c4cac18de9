package org.diskferry.media.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;

/// MD5 of what tests compare.
final class Md5 {
  private static final int PIECE = 1 << 20;

  private Md5() {}

  static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  static String ofFile(Path file) throws IOException {
    MessageDigest digest = fresh();
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        digest.update(piece, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(ContentReader reader) throws MediaException {
    MessageDigest digest = fresh();
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(1, reader.size())));
    for (long at = 0; at < reader.size(); at += piece.limit()) {
      piece.clear().limit((int) Math.min(piece.capacity(), reader.size() - at));
      reader.read(at, piece);
      digest.update(piece.flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
