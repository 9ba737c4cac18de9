package org.diskferry.job;

import java.time.Instant;

/// An event as it is kept.
///
/// @param number 1 for the first of the job
/// @param at when it was stored
public record RecordedEvent(int number, Instant at, JobEvent event) {}
