package org.diskferry.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// Sends bytes that no client library would send, and reads one answer.
final class RawClient {
  private static final int PATIENCE_MILLIS = 20_000;

  private final SSLContext tls;
  private final int port;

  RawClient(SSLContext tls, int port) {
    this.tls = tls;
    this.port = port;
  }

  /// What came back.
  ///
  /// @param text the whole of it, head and body
  record Reply(String text) {
    int status() {
      return Integer.parseInt(text.substring(9, 12));
    }

    Optional<String> header(String name) {
      return text.lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
  }

  Reply send(String request) {
    return send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  Reply send(byte[] request) {
    try (SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      write(socket, request);
      return new Reply(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An endpoint that refuses early need not read the rest.
  private static void write(SSLSocket socket, byte[] request) throws IOException {
    try {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
    } catch (SocketException e) {
      // its answer is what counts, and is read next
    }
  }
}
