package org.diskferry.depot.s3;

import java.io.IOException;

/// The answer to a request is an error. Thrown through streams too, hence an [IOException].
final class S3Fault extends IOException {
  private static final long serialVersionUID = 1L;

  private final S3Code code;

  S3Fault(S3Code code) {
    this(code, code.message());
  }

  S3Fault(S3Code code, String message) {
    super(message);
    this.code = code;
  }

  S3Fault(S3Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  S3Code code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  /// A stranger may cause thousands of these a second: without stack where nobody is to be blamed.
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
