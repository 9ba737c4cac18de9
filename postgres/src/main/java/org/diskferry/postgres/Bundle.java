package org.diskferry.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/// The archive of binaries for the machine that we run on.
final class Bundle {
  private static final Map<String, String> BY_ARCHITECTURE =
      Map.of(
          "amd64", "/postgres-linux-x86_64.txz",
          "aarch64", "/postgres-linux-arm_64.txz");

  private Bundle() {}

  static InputStream forThisMachine() throws IOException {
    String system = System.getProperty("os.name", "");
    String architecture = System.getProperty("os.arch", "");
    String archive = BY_ARCHITECTURE.get(architecture);
    InputStream in =
        archive == null || !system.equals("Linux")
            ? null
            : Bundle.class.getResourceAsStream(archive);
    if (in == null) {
      throw new IOException(
          "there are no PostgreSQL binaries for %s on %s; use --database with a server of your own"
              .formatted(system, architecture));
    }
    return in;
  }
}
