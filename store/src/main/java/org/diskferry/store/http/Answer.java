package org.diskferry.store.http;

import java.util.Optional;

/// An answer, received whole.
public final class Answer {
  private final AnswerHead head;
  private final byte[] body;
  private final boolean delivered;
  private final boolean leaveGiven;

  Answer(AnswerHead head, byte[] body, boolean delivered, boolean leaveGiven) {
    this.head = head;
    this.body = body;
    this.delivered = delivered;
    this.leaveGiven = leaveGiven;
  }

  /// The status code, 200 to 599.
  public int status() {
    return head.status();
  }

  /// Whether the status is of the 2xx.
  public boolean successful() {
    return head.successful();
  }

  /// The first field of this name, in any case.
  public Optional<String> field(String name) {
    return head.fields().first(name);
  }

  /// All fields.
  public Fields fields() {
    return head.fields();
  }

  /// The body, unless it went into the request's sink.
  public byte[] body() {
    return body;
  }

  /// Whether the request's sink was filled. A body that is longer or shorter is not delivered.
  public boolean delivered() {
    return delivered;
  }

  /// Whether the request asked for leave to send its body, and was not left waiting.
  public boolean leaveGiven() {
    return leaveGiven;
  }
}
