package org.diskferry.job.dispatch;

import org.diskferry.job.JobId;

/// The right of one station to work on one job's device, for as long as it beats.
///
/// @param job whose device it is
/// @param station who holds it
/// @param token fencing token: grows with every lease of the job; the server refuses what comes
///   with an older one
public record Lease(JobId job, String station, long token) {}
