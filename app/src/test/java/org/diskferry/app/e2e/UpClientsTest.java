package org.diskferry.app.e2e;

import java.nio.file.Path;
import org.diskferry.server.clients.ClientSuite;
import org.diskferry.server.clients.Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Real clients, each as its own process over TLS, against the running service.
class UpClientsTest extends ClientSuite {
  private static final String BUCKET = "clients";

  @TempDir private static Path folder;
  private static Up up;

  @BeforeAll
  static void start() throws Exception {
    up = Up.start(folder.resolve("home"));
    up.s3("s3", "mb", "s3://" + BUCKET);
  }

  @AfterAll
  static void stop() {
    up.close();
  }

  @Override
  protected Target target() {
    return new Target(up.jobs().toString(), up.bundle(), up.credentials(), BUCKET);
  }
}
