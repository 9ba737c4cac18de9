package org.diskferry.depot;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signer;

/// One connection that is kept open, for putting load on a depot. Bodies are not hashed.
final class Connection implements AutoCloseable {
  private final URI endpoint;
  private final V4Signer signer;
  private final Socket socket;
  private final InputStream in;

  Connection(URI endpoint, Credentials credentials) throws IOException {
    this.endpoint = endpoint;
    this.signer = new V4Signer(credentials, "us-east-1", "s3");
    this.socket = new Socket(endpoint.getHost(), endpoint.getPort());
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setTcpNoDelay(true);
  }

  /// Stores an object and answers the status.
  int put(String bucket, String key, byte[] body) throws IOException {
    return exchange("PUT", S3Client.path(bucket, key), body);
  }

  int get(String bucket, String key) throws IOException {
    return exchange("GET", S3Client.path(bucket, key), new byte[0]);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private int exchange(String method, String path, byte[] body) throws IOException {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", endpoint.getHost() + ":" + endpoint.getPort()));
    RequestHead head = new RequestHead(method, path, "", headers);
    headers.addAll(signer.sign(head, PayloadHash.UNSIGNED, Instant.now()).headers());
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    headers.forEach(h -> text.append(h.name() + ": " + h.value() + "\r\n"));
    text.append("Content-Length: " + body.length + "\r\n\r\n");
    OutputStream out = socket.getOutputStream();
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.write(body);
    return answer();
  }

  private int answer() throws IOException {
    String status = line();
    long length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(lower.indexOf(':') + 1).strip());
      }
    }
    in.skipNBytes(length);
    return Integer.parseInt(status.split(" ", 3)[1]);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the depot hung up");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
