package org.diskferry.job.dispatch;

/// The figures of a finished load, or of a device that was filled.
///
/// @param files files stored, or objects written
/// @param bytes bytes stored
/// @param ignored rows with status 103
/// @param errors rows with status 400 and above
/// @param logKey key of the log in the log bucket
public record LoadSummary(long files, long bytes, long ignored, long errors, String logKey) {}
