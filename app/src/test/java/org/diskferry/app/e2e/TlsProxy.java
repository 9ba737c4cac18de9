package org.diskferry.app.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import org.diskferry.media.testing.NotRun;
import org.diskferry.store.testing.TestCertificate;

/// A proxy of the world outside in front of a service: it ends TLS with a certificate of its own,
/// tells the query API and the depot apart by the name that is asked for, and goes on to either
/// over TLS, whose certificate it checks.
final class TlsProxy implements AutoCloseable {
  /// Name of the query API; whatever is not below [#OBJECTS] goes there, too.
  static final String JOBS = "jobs.ferry.test";

  /// Name of the depot, and of every bucket's host below it.
  static final String OBJECTS = "s3.ferry.test";

  /// Which proxy.
  enum Kind {
    NGINX("/usr/sbin/nginx", "nginx-light") {
      @Override
      List<String> command(Path folder, Path file) {
        return List.of(program(), "-p", folder.toString(), "-c", file.toString(), "-e", "stderr");
      }
    },
    HAPROXY("/usr/sbin/haproxy", "haproxy") {
      @Override
      List<String> command(Path folder, Path file) {
        return List.of(program(), "-db", "-f", file.toString());
      }
    };

    private final String program;
    private final String packageName;

    Kind(String program, String packageName) {
      this.program = program;
      this.packageName = packageName;
    }

    abstract List<String> command(Path folder, Path file);

    String program() {
      return program;
    }

    String configuration() {
      return name().toLowerCase(Locale.ROOT) + ".conf";
    }
  }

  private final Process process;
  private final int port;

  private TlsProxy(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Ends a test that cannot run without it.
  static void require(Kind kind, Class<?> test) {
    NotRun.unless(
        Files.isExecutable(Path.of(kind.program)),
        test,
        "a proxy in front of the service",
        kind.packageName);
  }

  /// The certificate that it will show, self-signed; its key is beside it.
  static Path certificate(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    return TestCertificate.pem(folder, JOBS, OBJECTS, "*." + OBJECTS, "localhost");
  }

  /// Starts it.
  ///
  /// @param folder with the certificate
  /// @param jobs where the query API listens
  /// @param objects where the depot listens
  /// @param trusted the certificate of both
  static TlsProxy start(Kind kind, Path folder, URI jobs, URI objects, Path trusted)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.writeString(
        folder.resolve("both.pem"),
        Files.readString(folder.resolve("server.pem"))
            + Files.readString(folder.resolve("server.key")));
    String text =
        new String(resource(kind.configuration()), StandardCharsets.UTF_8)
            .replace("@FOLDER@", folder.toString())
            .replace("@PORT@", Integer.toString(port))
            .replace("@JOBS@", Integer.toString(jobs.getPort()))
            .replace("@OBJECTS@", Integer.toString(objects.getPort()))
            .replace("@OBJECTS_NAME@", OBJECTS)
            .replace("@TRUSTED@", trusted.toString());
    Path file = Files.writeString(folder.resolve(kind.configuration()), text);
    Path said = folder.resolve("proxy.out");
    Process process =
        new ProcessBuilder(kind.command(folder, file))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    Listening.await(process, port, said);
    return new TlsProxy(process, port);
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = TlsProxy.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    Listening.end(process);
  }
}
