package org.diskferry.store.http;

/// The status line and the fields of an answer.
///
/// @param status 100 to 599
/// @param lasting whether the version keeps connections open by default (HTTP/1.1)
record AnswerHead(int status, boolean lasting, Fields fields) {
  private static final int FIRST_SUCCESS = 200;
  private static final int FIRST_REDIRECT = 300;

  boolean informational() {
    return status < FIRST_SUCCESS;
  }

  boolean successful() {
    return status >= FIRST_SUCCESS && status < FIRST_REDIRECT;
  }

  boolean keepsConnection() {
    return lasting && !fields.lists("Connection", "close");
  }
}
