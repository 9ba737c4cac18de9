package org.diskferry.server.http;

import java.util.Map;

/// What a request is answered with.
///
/// @param status of HTTP
/// @param contentType of the body
/// @param body all of it; not copied
/// @param headers more of them, by name
/// @param note for the log: what was asked, by whom, what came of it; no secret
@SuppressWarnings("ArrayRecordComponent") // a body is written once and never compared
public record Answer(
    int status, String contentType, byte[] body, Map<String, String> headers, String note) {

  /// Copies the headers.
  public Answer {
    headers = Map.copyOf(headers);
  }
}
