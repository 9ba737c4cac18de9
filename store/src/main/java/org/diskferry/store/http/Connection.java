package org.diskferry.store.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;

/// One connection: a request, its answer, and the next. Used by one thread at a time.
final class Connection {
  /// A store that has closed its side has sent its reason, or never will.
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Origin origin;
  private final Link link;
  private final Guard guard;
  private final Buffers buffers;
  private final Pace pace;
  private final Input input;
  private final AnswerReader answers;
  private final RequestWriter writer;
  private boolean used;
  private boolean reusable;

  Connection(Origin origin, Link link, Guard guard, Buffers buffers) {
    this.origin = origin;
    this.link = link;
    this.guard = guard;
    this.buffers = buffers;
    this.pace = new Pace(guard);
    this.input =
        new Input(target -> {
          pace.step();
          return link.read(target);
        });
    this.answers = new AnswerReader(input);
    this.writer = new RequestWriter(link, pace, answers);
  }

  Origin origin() {
    return origin;
  }

  /// Whether another request may follow.
  boolean reusable() {
    return reusable && guard.open();
  }

  /// Closes itself at this time unless it is used before.
  void rest(long untilNanoTime) {
    guard.arm(untilNanoTime);
  }

  void close() {
    link.close();
  }

  /// Sends a request and receives its answer.
  ///
  /// @param end when the call must have ended, as `System.nanoTime` counts
  Answer exchange(Request request, long end) throws IOException {
    boolean served = used;
    used = true;
    reusable = false;
    pace.begin(end, request.idle());
    input.beginAnswer();
    try {
      return receive(request, send(request));
    } catch (SourceException e) {
      throw e;
    } catch (IOException e) {
      throw explained(e, served);
    } finally {
      guard.disarm();
    }
  }

  private IOException explained(IOException e, boolean served) {
    if (guard.struck() && pace.passed()) {
      return new DeadlineException(origin + ": nothing moved, or the time is up", e);
    }
    boolean dead = served && !input.begun() && !(e instanceof ClosedByInterruptException);
    return dead ? new StaleException(e) : e;
  }

  /// Empty if the request was sent whole, else the answer that came before.
  private Optional<AnswerHead> send(Request request) throws IOException {
    ByteBuffer buffer = buffers.take();
    try {
      return writer.send(origin, request, buffer);
    } catch (SourceException | ProtocolException e) {
      throw e;
    } catch (IOException e) {
      return Optional.of(lastWords(e));
    } finally {
      buffers.give(buffer);
    }
  }

  /// Writing failed: if the other side said why before it closed, that is worth more.
  private AnswerHead lastWords(IOException failure) throws IOException {
    if (guard.struck() || !guard.open()) {
      throw failure;
    }
    try {
      pace.tighten(LAST_WORDS);
      return answers.finalHead();
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private Answer receive(Request request, Optional<AnswerHead> early) throws IOException {
    AnswerHead head = early.isPresent() ? early.get() : answers.finalHead();
    boolean wanted = request.sink().hasRemaining() && head.successful();
    Receiver.Collecting collected = new Receiver.Collecting();
    Receiver receiver = wanted ? new Receiver.Filling(request.sink()) : collected;
    boolean delivered = false;
    try {
      boolean framed = answers.body(request.method(), head, receiver);
      delivered = wanted && !request.sink().hasRemaining();
      reusable = framed && early.isEmpty() && head.keepsConnection() && !input.hasLeftover();
    } catch (Receiver.WrongSizeException e) {
      // The caller is told by what is missing; the rest of the body dies with the connection.
      delivered = false;
    } catch (IOException e) {
      if (early.isEmpty()) {
        throw e;
      }
      // The other side closed behind its head: the status alone says enough.
    }
    return new Answer(head, collected.bytes(), delivered, writer.leaveGiven());
  }
}
