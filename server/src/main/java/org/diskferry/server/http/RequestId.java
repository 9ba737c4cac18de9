package org.diskferry.server.http;

import java.util.UUID;

/// Name of one request, in its answer and in the log.
public record RequestId(String value) {

  /// A new one.
  public static RequestId random() {
    return new RequestId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
