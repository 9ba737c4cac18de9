package org.diskferry.app.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A gate on the way to a server: what passes is not looked at, and while it is shut nothing moves
/// in either direction, as when a cable is pulled: no refusal, no reset, no answer.
final class Gate implements AutoCloseable {
  private static final int STEP = 64 << 10;

  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private boolean shut;

  /// A gate that is open; it leads to the server that it is asked about first.
  Gate() throws IOException {
    listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  }

  /// The way to `server` through this gate.
  URI route(URI server) {
    Thread.ofVirtual().start(() -> accept(server));
    return URI.create(
        server.getScheme() + "://" + server.getHost() + ":" + listener.getLocalPort());
  }

  synchronized void shut() {
    shut = true;
  }

  synchronized void open() {
    shut = false;
    notifyAll();
  }

  private synchronized void pass() throws InterruptedException {
    while (shut && !listener.isClosed()) {
      wait();
    }
  }

  private void accept(URI server) {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
        sockets.add(near);
        sockets.add(far);
        Thread.ofVirtual().start(() -> forward(near, far));
        Thread.ofVirtual().start(() -> forward(far, near));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void forward(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] step = new byte[STEP];
      for (int count = in.read(step); count >= 0; count = in.read(step)) {
        pass();
        out.write(step, 0, count);
      }
    } catch (IOException e) {
      // One of the two has closed: so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
