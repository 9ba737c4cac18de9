package org.diskferry.station.dock;

import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.Progress.Phase;

/// What a bay shows, written by its visit, its lanes and its pulse, and read by anybody.
final class Board {
  private static final Progress NOTHING_YET = new Progress(Phase.SCAN, 0, 0, 0, 0);

  private final String bay;
  private String device = "";
  private String job = "";
  private String state = "opening";
  private String message = "";
  private Progress progress = NOTHING_YET;
  private Pace pace = Pace.NONE;
  private boolean over;

  Board(String bay) {
    this.bay = bay;
  }

  synchronized BayState state() {
    return new BayState(bay, device, job, state, message, progress, pace);
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized void device(String description) {
    device = description;
  }

  synchronized void job(String id) {
    job = id;
  }

  synchronized void progress(Progress reached) {
    progress = reached;
  }

  synchronized void pace(Pace now) {
    pace = now;
  }

  /// A new state, and what to say about it; empty where there is nothing to say.
  synchronized void show(String word, String why) {
    state = word;
    message = why;
  }

  synchronized void over() {
    over = true;
    pace = Pace.NONE;
  }
}
