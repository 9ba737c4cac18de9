package org.diskferry.depot;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.UploadRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives room back, in the background, for as long as the depot is open.
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /// Often enough that a disk that was emptied is soon empty.
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private final Index index;
  private final Blobs blobs;
  private final Duration unfinishedUploads;
  private final InstantSource clock;
  private final Thread thread;

  Housekeeping(Index index, Blobs blobs, Duration unfinishedUploads, InstantSource clock) {
    this.index = index;
    this.blobs = blobs;
    this.unfinishedUploads = unfinishedUploads;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("depot-housekeeping").start(this::run);
  }

  /// Everything once, now.
  void tidy() throws IOException {
    Instant now = clock.instant();
    index.uploads().expire(now.minus(unfinishedUploads), now);
    for (Bucket bucket : index.buckets().everybodys()) {
      for (UploadRule rule : bucket.uploadRules()) {
        index.uploads().expire(bucket, rule, now);
      }
    }
    // First what gives room, since what comes then needs some: on a full disk it would fail.
    blobs.collector().unlink();
    blobs.collector().compact();
    blobs.collector().unlink();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(PAUSE);
        tidyOrComplain();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tidyOrComplain() {
    try {
      tidy();
    } catch (IOException | RuntimeException e) {
      LOG.warn("housekeeping did not finish, and will be tried again in {}", PAUSE, e);
    }
  }
}
