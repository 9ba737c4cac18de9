package org.diskferry.job;

import java.time.Instant;

/// A job in a list.
///
/// @param canceled whether the customer cancelled it
public record JobListing(JobId id, JobType type, Instant created, boolean canceled) {}
