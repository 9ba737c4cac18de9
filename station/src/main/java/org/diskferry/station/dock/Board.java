package org.diskferry.station.dock;

import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.Progress.Phase;

/// What a bay shows, written by its visit and read by anybody.
final class Board {
  private static final Progress NOTHING_YET = new Progress(Phase.SCAN, 0, 0, 0, 0);

  private volatile BayState state;
  private volatile boolean over;

  Board(String bay) {
    this.state = new BayState(bay, "", "", "opening", "", NOTHING_YET);
  }

  BayState state() {
    return state;
  }

  boolean isOver() {
    return over;
  }

  void device(String description) {
    BayState now = state;
    state =
        new BayState(now.bay(), description, now.job(), now.state(), now.message(), now.progress());
  }

  void job(String job) {
    BayState now = state;
    state = new BayState(now.bay(), now.device(), job, now.state(), now.message(), now.progress());
  }

  void progress(Progress progress) {
    BayState now = state;
    state = new BayState(now.bay(), now.device(), now.job(), now.state(), now.message(), progress);
  }

  /// A new state, and what to say about it; empty where there is nothing to say.
  void show(String word, String message) {
    BayState now = state;
    state = new BayState(now.bay(), now.device(), now.job(), word, message, now.progress());
  }

  void over() {
    over = true;
  }
}
