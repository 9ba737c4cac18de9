package org.diskferry.bench.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ServerSocketFactory;

/// The sink as a process: `SinkProcess http|https CERTIFICATES FILES` prints its port and serves
/// until it is killed.
final class SinkProcess {
  private SinkProcess() {}

  static void main(String... args) throws IOException, GeneralSecurityException {
    ServerSocketFactory sockets =
        args[0].equals("https")
            ? new SelfSigned(Path.of(args[1])).context().getServerSocketFactory()
            : ServerSocketFactory.getDefault();
    try (ServerSocket listener =
        sockets.createServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
      System.out.println(listener.getLocalPort());
      new Sink(listener, new Shop(Path.of(args[2]))).serve();
    }
  }
}
