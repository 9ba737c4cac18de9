package org.diskferry.server.dispatch;

import org.diskferry.job.Job;
import org.diskferry.job.JobStatus;
import org.jspecify.annotations.Nullable;

/// A device that is here.
///
/// @param job whose it is
/// @param status what the customer reads
/// @param progress what its station told last; null where none did
public record DockEntry(Job job, JobStatus status, LiveProgress.@Nullable Told progress) {}
