package org.diskferry.server.query;

/// A request that is answered by an error. The message is for the client.
final class QueryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  QueryException(ErrorCode code, String message) {
    // No stack trace: what is wrong is the request.
    super(message, null, false, false);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
