package org.diskferry.station.dock;

import java.time.Duration;
import org.diskferry.job.dispatch.Dispatch;
import org.diskferry.job.dispatch.DispatchException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the server until it answers: a server that restarts must not cost a load.
final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Dispatch dispatch;

  Server(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  /// A question to the server.
  interface Question<T> {
    T ask(Dispatch dispatch) throws DispatchException;
  }

  /// Its answer, however long it takes.
  ///
  /// @throws InterruptedException when the station stops
  <T> T ask(Question<T> question) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return question.ask(dispatch);
      } catch (DispatchException e) {
        LOG.warn("the server could not be asked, asking again in {}: {}", pause, e.toString());
        Thread.sleep(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
      }
    }
  }

  /// Something that the server is told.
  interface Message {
    void tell(Dispatch dispatch) throws DispatchException;
  }

  /// Tells it, however long it takes.
  ///
  /// @throws InterruptedException when the station stops
  void tell(Message message) throws InterruptedException {
    ask(asked -> {
      message.tell(asked);
      return asked;
    });
  }

  Dispatch dispatch() {
    return dispatch;
  }
}
