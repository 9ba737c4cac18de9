package org.diskferry.app.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diskferry.app.home.PrivateFile;

/// Clients read one file of certificates to trust.
final class TrustBundle {
  private TrustBundle() {}

  /// Writes both files into one, and names it.
  static Path write(Path bundle, Path first, Path second) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(Files.readAllBytes(first));
    all.write("\n".getBytes(StandardCharsets.US_ASCII));
    all.write(Files.readAllBytes(second));
    PrivateFile.write(bundle, all.toByteArray());
    return bundle;
  }
}
