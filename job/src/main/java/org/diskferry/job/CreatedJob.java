package org.diskferry.job;

/// A job that was just made, with all that its customer is told of it: nothing is left to ask that
/// could fail.
///
/// @param signature for its device
public record CreatedJob(Job job, SignatureFile signature) {}
