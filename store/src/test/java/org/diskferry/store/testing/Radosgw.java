package org.diskferry.store.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.diskferry.access.Credentials;

/// Ceph's S3 gateway with a cluster of its own: a store of the real world. Objects are in memory,
/// everything else in a temporary folder; loopback only. It ends with whoever started it, even if
/// that is killed: it watches a pipe.
///
/// The host is [#HOST], which nobody resolves but by [#address()]; below it buckets may stand in
/// the host. It answers over http and https.
public final class Radosgw implements AutoCloseable {
  /// The name that its certificate carries, as does every name below it.
  public static final String HOST = "store.test";

  private static final Path PROGRAM = Path.of("/usr/bin/radosgw");
  private static final int ATTEMPTS = 3;

  private final Process process;
  private final Path certificate;
  private final int http;
  private final int https;
  private final Credentials credentials;

  private Radosgw(Process process, Path certificate, int http, int https, Credentials credentials) {
    this.process = process;
    this.certificate = certificate;
    this.http = http;
    this.https = https;
    this.credentials = credentials;
  }

  /// Whether this machine has what it takes.
  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM)
        && Files.isExecutable(Path.of("/usr/bin/ceph-mon"))
        && Files.isExecutable(Path.of("/usr/bin/ceph-osd"))
        && Files.isExecutable(Path.of("/usr/bin/ceph"));
  }

  /// Starts it, which takes ten to twenty seconds.
  ///
  /// @param directory for its certificate and the script; it must outlive the gateway
  public static Radosgw start(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path script = directory.resolve("radosgw.sh");
    try (InputStream in = Radosgw.class.getResourceAsStream("radosgw.sh")) {
      if (in == null) {
        throw new IllegalStateException("the script is not on the class path");
      }
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
    }
    Path certificate = TestCertificate.pem(directory, HOST, "*." + HOST, "localhost");
    Credentials credentials = Credentials.of("local-identity", "local-credential");
    // Another process may take a port between its choice and its use.
    for (int attempt = 1; ; attempt++) {
      try {
        return started(directory, script, certificate, credentials);
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static Radosgw started(
      Path directory, Path script, Path certificate, Credentials credentials)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("radosgw");
    Files.copy(certificate, folder.resolve("server.pem"));
    Files.copy(directory.resolve("server.key"), folder.resolve("server.key"));
    int http = freePort();
    int https = freePort();
    Process process =
        new ProcessBuilder(
                "/bin/bash",
                script.toString(),
                folder.toString(),
                Integer.toString(freePort()),
                Integer.toString(http),
                Integer.toString(https),
                HOST,
                credentials.id().value(),
                new String(credentials.secret().bytes(), StandardCharsets.UTF_8))
            .redirectError(directory.resolve("radosgw.err").toFile())
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    if (!"ready".equals(said.readLine())) {
      process.waitFor();
      throw new IOException(
          "radosgw did not start: " + Files.readString(directory.resolve("radosgw.err")));
    }
    return new Radosgw(process, certificate, http, https, credentials);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Without TLS.
  public URI plain() {
    return URI.create("http://" + HOST + ":" + http);
  }

  /// With TLS, for which [#certificate()] is to be trusted.
  public URI secure() {
    return URI.create("https://" + HOST + ":" + https);
  }

  /// What signs for its certificate, PEM.
  public Path certificate() {
    return certificate;
  }

  /// Of its only user.
  public Credentials credentials() {
    return credentials;
  }

  /// Where the host is, and every host below it.
  public List<InetAddress> address() {
    return List.of(InetAddress.getLoopbackAddress());
  }

  @Override
  public void close() throws IOException {
    // The end of its input is its order to go.
    process.getOutputStream().close();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
