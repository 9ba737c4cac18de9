package org.diskferry.app.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.depot.Depot;
import org.diskferry.depot.blob.Scrub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One scrub of the depot, on a thread of its own, that can be looked at while it goes on.
final class ScrubRun implements Scrub.Watch {
  private static final Logger LOG = LoggerFactory.getLogger(ScrubRun.class);

  /// Told by name; a disk that has lost more needs another kind of help, and all are in the log.
  private static final int MOST_TOLD = 1000;

  /// How it stands.
  enum State {
    RUNNING,
    DONE,
    STOPPED,
    FAILED
  }

  private final Depot depot;
  private final List<Map<String, Object>> damage = new ArrayList<>();
  private State state = State.RUNNING;
  private String reason = "";
  private long blobs;
  private long bytes;
  private Scrub.Report report = new Scrub.Report(0, 0, 0);
  private volatile boolean stopping;

  private ScrubRun(Depot depot) {
    this.depot = depot;
  }

  static ScrubRun start(Depot depot) {
    ScrubRun run = new ScrubRun(depot);
    // Reads past the cache for hours: a thread that may block.
    Thread.ofPlatform().name("scrub").daemon().start(run::run);
    return run;
  }

  /// Ends it after the chunk that is being read.
  void stop() {
    stopping = true;
  }

  synchronized boolean isRunning() {
    return state == State.RUNNING;
  }

  /// Everything about it.
  synchronized Map<String, Object> told() {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("state", state.name());
    told.put("reason", reason);
    told.put("blobs", blobs);
    told.put("bytes", bytes);
    told.put("doneBlobs", report.blobs());
    told.put("doneBytes", report.bytes());
    told.put("damaged", report.damaged());
    told.put("damage", List.copyOf(damage));
    return told;
  }

  @Override
  public synchronized void begins(long blobsThere, long bytesThere) {
    blobs = blobsThere;
    bytes = bytesThere;
  }

  @Override
  public synchronized void reads(Scrub.Report soFar) {
    report = soFar;
  }

  @Override
  public void finds(Scrub.Damage found) {
    LOG.error("damaged: {}, which is in {}", found.what(), found.owners());
    synchronized (this) {
      if (damage.size() < MOST_TOLD) {
        damage.add(
            Map.of(
                "objects", found.owners(),
                "what", found.what(),
                "file", found.location().file().toString()));
      }
    }
  }

  @Override
  public boolean goesOn() {
    return !stopping;
  }

  private void run() {
    try {
      depot.scrub(this);
      ends(stopping ? State.STOPPED : State.DONE, "");
    } catch (IOException | RuntimeException e) {
      LOG.error("the scrub did not come to its end", e);
      ends(State.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private synchronized void ends(State how, String why) {
    state = how;
    reason = why;
  }
}
