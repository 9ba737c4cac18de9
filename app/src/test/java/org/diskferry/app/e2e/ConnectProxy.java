package org.diskferry.app.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A proxy that tunnels to one port of this machine whatever it is asked for: to it a client can
/// say any name and any port.
final class ConnectProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;

  private ConnectProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  static ConnectProxy to(int target) throws IOException {
    ConnectProxy proxy =
        new ConnectProxy(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), target);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> tunnel(client));
      }
    } catch (IOException e) {
      // Closed: the tests are over.
    }
  }

  private void tunnel(Socket client) {
    try (client;
        Socket there = new Socket(InetAddress.getLoopbackAddress(), target)) {
      readHead(client.getInputStream());
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread back = Thread.ofVirtual().start(() -> pump(there, client));
      pump(client, there);
      back.join();
    } catch (IOException e) {
      // One side is gone, and hears of it itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // The other direction ends by itself.
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no request");
      }
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
