package org.diskferry.store.testing;

import java.time.Duration;
import org.diskferry.store.StoreException.Trouble;

/// What befalls a call of a [FaultyStore].
public sealed interface Fault {

  /// Nothing: the call goes through.
  record None() implements Fault {}

  /// The call is not done; it ends with this trouble.
  record Refused(Trouble trouble, String code) implements Fault {}

  /// The call is done, but its answer never arrives: it ends `UNAVAILABLE`.
  record AnswerLost() implements Fault {}

  /// The call is done after a while; an interrupt ends the wait, and the call.
  record Delayed(Duration time) implements Fault {}

  /// The call waits until its thread is interrupted.
  record Hanging() implements Fault {}

  /// The call goes through.
  static Fault none() {
    return new None();
  }

  /// The store has no room.
  static Fault full() {
    return new Refused(Trouble.FULL, "InsufficientStorage");
  }

  /// The store cannot be reached.
  static Fault down() {
    return new Refused(Trouble.UNAVAILABLE, "");
  }

  /// The credentials may not do this.
  static Fault denied() {
    return new Refused(Trouble.DENIED, "AccessDenied");
  }
}
