package org.diskferry.app.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diskferry.media.testing.NotRun;
import org.diskferry.store.testing.Radosgw;

/// Ceph's gateway behind a front that lets nothing through that has its bucket in the path.
final class HostsOnlyStore implements AutoCloseable {
  private static final String NGINX = "/usr/sbin/nginx";

  private final Process process;
  private final int port;

  private HostsOnlyStore(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static HostsOnlyStore before(Radosgw gateway, Path folder, Class<?> test)
      throws IOException, InterruptedException {
    NotRun.unless(
        Files.isExecutable(Path.of(NGINX)),
        test,
        "a store that wants buckets in the host",
        "nginx-light");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String text;
    try (var in = HostsOnlyStore.class.getResourceAsStream("hosts-only.conf")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Path file =
        Files.writeString(
            folder.resolve("hosts-only.conf"),
            text.replace("@FOLDER@", folder.toString())
                .replace("@PORT@", Integer.toString(port))
                .replace("@STORE@", Integer.toString(gateway.plain().getPort()))
                .replace("@HOST@", Radosgw.HOST));
    Process process =
        new ProcessBuilder(NGINX, "-p", folder.toString(), "-c", file.toString(), "-e", "stderr")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("hosts-only.out").toFile())
            .start();
    Listening.await(process, port, folder.resolve("hosts-only.out"));
    return new HostsOnlyStore(process, port);
  }

  URI address() {
    return URI.create("http://" + Radosgw.HOST + ":" + port);
  }

  @Override
  public void close() {
    Listening.end(process);
  }
}
