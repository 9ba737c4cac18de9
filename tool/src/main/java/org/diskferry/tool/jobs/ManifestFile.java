package org.diskferry.tool.jobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The text of a manifest, as it is sent.
final class ManifestFile {
  /// What the service takes at most; more is no manifest.
  private static final long LARGEST = 256 << 10;

  private ManifestFile() {}

  static String read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(
          file + ": has " + Files.size(file) + " bytes, a manifest at most " + LARGEST);
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8; save it as UTF-8 and try again", e);
    }
  }
}
