package org.diskferry.server.http;

import org.diskferry.server.http.Replies.Seen;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Words what the web library refuses by itself (not HTTP, head too large, too slow, shutting down)
/// like every other answer.
final class ErrorAnswers extends ErrorHandler {
  private final Service service;
  private final Replies replies;

  ErrorAnswers(Service service, Replies replies) {
    this.service = service;
    this.replies = replies;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Seen seen = ServiceHandler.seen(request);
    int status = response.getStatus();
    boolean told = status >= HttpStatus.BAD_REQUEST_400;
    replies.write(
        seen,
        service.refuse(seen.id(), told ? status : HttpStatus.INTERNAL_SERVER_ERROR_500),
        response,
        callback);
    return true;
  }
}
