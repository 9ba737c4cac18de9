package org.diskferry.media.crypt;

/// How far the trial of a password on one host is, in steps that take about the same time whatever
/// the hash. Thread-safe.
final class Effort {
  private final Headway headway;
  private final long all;
  private long done;

  Effort(Headway headway, long all) {
    this.headway = headway;
    this.all = all;
  }

  synchronized void add(long steps) {
    done = Math.min(all, done + steps);
    headway.at(done, all);
  }
}
