package org.diskferry.depot.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.RequestHead;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Between Jetty and the service: makes requests of what came in, and sends answers.
final class S3Handler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(S3Handler.class);
  private static final String REQUEST_ID = "x-amz-request-id";

  private final S3Service service;
  private final HostNames hosts;
  private final RandomGenerator random;

  S3Handler(S3Service service, HostNames hosts, RandomGenerator random) {
    this.service = service;
    this.hosts = hosts;
    this.random = random;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String id = HexFormat.of().withUpperCase().toHexDigits(random.nextLong());
    response.getHeaders().put(REQUEST_ID, id).put("x-amz-id-2", id);
    JettyBody body = new JettyBody(request);
    try {
      send(request, response, body, id);
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      LOG.debug("request {} was broken off", id, e);
      callback.failed(e);
    }
    return true;
  }

  private void send(Request request, Response response, JettyBody body, String id)
      throws IOException {
    RequestHead head = head(request);
    String bucket = hosts.bucket(head.header("Host").orElse(""));
    S3Request incoming;
    try {
      incoming =
          new S3Request(
              id,
              head,
              bucket,
              Target.of(bucket, head.path()),
              Parameters.of(head.query()),
              fields(request),
              body);
    } catch (S3Fault e) {
      body.drain();
      write(response, S3Service.error(id, head.method(), head.path(), e));
      return;
    }
    send(incoming, response, body);
  }

  private void send(S3Request request, Response response, JettyBody body) throws IOException {
    Answer answer = service.answer(request);
    if (answer.status() >= 300) {
      body.drain();
    }
    if (answer instanceof Answer.Bytes bytes) {
      try (Answer.Content content = bytes.content()) {
        Optional<ByteBuffer> first = first(request, response, content);
        if (first.isPresent()) {
          begin(response, answer);
          stream(response, first.get(), content);
        }
      }
    } else {
      write(response, answer);
    }
  }

  /// The first bytes are read before anything is sent, so that an object that cannot be read at all
  /// is a proper error.
  private Optional<ByteBuffer> first(S3Request request, Response response, Answer.Content content)
      throws IOException {
    try {
      return content.next();
    } catch (IOException e) {
      write(response, service.answer(request, e));
      return Optional.empty();
    }
  }

  private static void stream(Response response, ByteBuffer first, Answer.Content content)
      throws IOException {
    Optional<ByteBuffer> next = Optional.of(first);
    while (next.isPresent()) {
      Content.Sink.write(response, false, next.get());
      next = content.next();
    }
  }

  private static void write(Response response, Answer answer) throws IOException {
    begin(response, answer);
    if (answer instanceof Answer.Document document) {
      byte[] bytes = document.xml().getBytes(StandardCharsets.UTF_8);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/xml");
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
      Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
    }
  }

  private static void begin(Response response, Answer answer) {
    response.setStatus(answer.status());
    answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
  }

  private static RequestHead head(Request request) {
    List<Header> headers = new ArrayList<>();
    for (HttpField field : request.getHeaders()) {
      headers.add(Header.ofWire(field.getName(), text(field)));
    }
    String path = request.getHttpURI().getPath();
    String query = request.getHttpURI().getQuery();
    return new RequestHead(
        request.getMethod(), path == null ? "/" : path, query == null ? "" : query, headers);
  }

  private static SortedMap<String, String> fields(Request request) {
    SortedMap<String, String> fields = new TreeMap<>();
    for (HttpField field : request.getHeaders()) {
      fields.merge(field.getName().toLowerCase(Locale.ROOT), text(field), (a, b) -> a + "," + b);
    }
    return fields;
  }

  private static String text(HttpField field) {
    String value = field.getValue();
    return value == null ? "" : value;
  }
}
