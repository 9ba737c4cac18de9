package org.diskferry.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.server.http.BodyReader.Reading;
import org.diskferry.server.http.Replies.Seen;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a request to its end, within the limit, and lets the service answer it.
final class ServiceHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceHandler.class);

  private final Service service;
  private final Replies replies;
  private final BodyReader bodies;

  ServiceHandler(Service service, Replies replies, BodyReader bodies) {
    this.service = service;
    this.replies = replies;
    this.bodies = bodies;
  }

  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request, Response response, Callback callback) {
    Seen seen = seen(request);
    try (InputStream in = Content.Source.asInputStream(request)) {
      switch (bodies.read(in, request.getLength())) {
        case Reading.Whole whole -> {
          Request read = new Request(seen.id(), head(request), whole.body(), seen.peer());
          replies.write(seen, answer(read), response, callback);
        }
        case Reading.TooLarge _ ->
            replies.refuse(seen, HttpStatus.PAYLOAD_TOO_LARGE_413, response, callback);
        case Reading.TooSlow _ ->
            replies.refuse(seen, HttpStatus.REQUEST_TIMEOUT_408, response, callback);
      }
    } catch (IOException e) {
      LOG.debug("{} ended before its body did", seen.id(), e);
      replies.refuse(seen, HttpStatus.BAD_REQUEST_400, response, callback);
    }
    return true;
  }

  private Answer answer(Request request) {
    try {
      return service.answer(request);
    } catch (RuntimeException e) {
      LOG.error("{} failed: this is an error of ours", request.id(), e);
      return service.refuse(request.id(), HttpStatus.INTERNAL_SERVER_ERROR_500);
    }
  }

  static Seen seen(org.eclipse.jetty.server.Request request) {
    return new Seen(
        RequestId.random(),
        org.eclipse.jetty.server.Request.getRemoteAddr(request),
        request.getMethod(),
        request.getBeginNanoTime());
  }

  private static RequestHead head(org.eclipse.jetty.server.Request request) {
    List<Header> headers = new ArrayList<>();
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      headers.add(Header.ofWire(field.getName(), value == null ? "" : value));
    }
    String path = request.getHttpURI().getPath();
    String query = request.getHttpURI().getQuery();
    return new RequestHead(
        request.getMethod(), path == null ? "" : path, query == null ? "" : query, headers);
  }
}
