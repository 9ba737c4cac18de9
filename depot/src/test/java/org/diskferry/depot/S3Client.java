package org.diskferry.depot;

import java.io.ByteArrayOutputStream;
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
import java.util.Map;
import java.util.TreeMap;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.Percent;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signature;
import org.diskferry.access.signing.V4Signer;

/// The plainest client: one connection a request, exactly the bytes that a test wants.
public final class S3Client {
  private final URI endpoint;
  private final String host;
  private final Credentials credentials;

  private S3Client(URI endpoint, String host, Credentials credentials) {
    this.endpoint = endpoint;
    this.host = host;
    this.credentials = credentials;
  }

  public static S3Client signing(URI endpoint, Credentials credentials) {
    return new S3Client(endpoint, endpoint.getAuthority(), credentials);
  }

  public static S3Client anonymous(URI endpoint) {
    return new S3Client(endpoint, endpoint.getAuthority(), null);
  }

  /// The same, which says that it wants another host.
  public S3Client saying(String other) {
    return new S3Client(endpoint, other, credentials);
  }

  public Reply put(String bucket, String key, String body, String... headers) throws IOException {
    return send("PUT", path(bucket, key), "", bytes(body), headers);
  }

  public Reply put(String bucket, String key, byte[] body, String... headers) throws IOException {
    return send("PUT", path(bucket, key), "", body, headers);
  }

  public Reply get(String bucket, String key, String... headers) throws IOException {
    return send("GET", path(bucket, key), "", new byte[0], headers);
  }

  public Reply head(String bucket, String key, String... headers) throws IOException {
    return send("HEAD", path(bucket, key), "", new byte[0], headers);
  }

  public Reply delete(String bucket, String key) throws IOException {
    return send("DELETE", path(bucket, key), "", new byte[0]);
  }

  /// Headers come as `Name: value`.
  public Reply send(String method, String path, String query, byte[] body, String... headers)
      throws IOException {
    return send(method, path, query, body, PayloadHash.of(body), headers);
  }

  public Reply send(
      String method, String path, String query, byte[] body, PayloadHash hash, String... headers)
      throws IOException {
    return exchange(head(method, path, query, hash, headers), body);
  }

  /// A request that was signed for chunks: the signature is of use for signing them.
  public V4Signature sign(RequestHead head, PayloadHash hash) {
    return new V4Signer(credentials, "us-east-1", "s3").sign(head, hash, Instant.now());
  }

  public RequestHead unsigned(String method, String path, String query, String... headers) {
    List<Header> all = new ArrayList<>();
    all.add(new Header("Host", host));
    for (String header : headers) {
      int colon = header.indexOf(':');
      all.add(
          Header.ofWire(
              header.substring(0, colon),
              new String(
                  header.substring(colon + 1).strip().getBytes(StandardCharsets.UTF_8),
                  StandardCharsets.ISO_8859_1)));
    }
    return new RequestHead(method, path, query, all);
  }

  public Reply exchange(RequestHead head, byte[] body) throws IOException {
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(text(head, body.length).getBytes(StandardCharsets.UTF_8));
      out.write(body);
      out.flush();
      return Reply.read(socket.getInputStream(), head.method());
    }
  }

  public static String path(String bucket, String key) {
    return "/" + bucket + (key.isEmpty() ? "" : "/" + Percent.encodePath(key));
  }

  private RequestHead head(
      String method, String path, String query, PayloadHash hash, String... headers) {
    RequestHead head = unsigned(method, path, query, headers);
    if (credentials == null) {
      return head;
    }
    List<Header> all = new ArrayList<>(head.headers());
    all.addAll(sign(head, hash).headers());
    return new RequestHead(method, path, query, all);
  }

  private static String text(RequestHead head, int length) {
    StringBuilder text = new StringBuilder();
    text.append(head.method()).append(' ').append(head.path());
    text.append(head.query().isEmpty() ? "" : "?" + head.query()).append(" HTTP/1.1\r\n");
    head.headers().forEach(h -> text.append(h.name() + ": " + h.value() + "\r\n"));
    boolean chunked = head.header("Transfer-Encoding").isPresent();
    text.append(chunked ? "" : "Content-Length: " + length + "\r\n");
    return text.append("Connection: close\r\n\r\n").toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// What came back.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reply(int status, Map<String, String> headers, byte[] body) {

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// Text of the first element of a name; empty where there is none.
    public String element(String name) {
      List<String> all = elements(name);
      return all.isEmpty() ? "" : all.getFirst();
    }

    public List<String> elements(String name) {
      List<String> found = new ArrayList<>();
      String text = text();
      for (int at = text.indexOf("<" + name + ">"); at >= 0; ) {
        int from = at + name.length() + 2;
        int end = text.indexOf("</" + name + ">", from);
        found.add(text.substring(from, end));
        at = text.indexOf("<" + name + ">", end);
      }
      return found;
    }

    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    static Reply read(InputStream in, String method) throws IOException {
      String status = line(in);
      while (status.contains(" 100 ")) {
        while (!line(in).isEmpty()) {
          status = "";
        }
        status = line(in);
      }
      Map<String, String> headers = new TreeMap<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      int code = Integer.parseInt(status.split(" ", 3)[1]);
      return new Reply(code, headers, body(in, method, headers));
    }

    private static byte[] body(InputStream in, String method, Map<String, String> headers)
        throws IOException {
      if (method.equals("HEAD")) {
        return new byte[0];
      }
      byte[] body = in.readAllBytes();
      String length = headers.get("content-length");
      if (length != null && Long.parseLong(length) != body.length) {
        throw new IOException("%d bytes of %s came".formatted(body.length, length));
      }
      return body;
    }

    private static String line(InputStream in) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        line.write(b);
      }
      return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
  }
}
