package org.diskferry.station.dock;

import org.diskferry.job.dispatch.Progress;

/// What a bay shows to its operator.
///
/// @param bay path of the device
/// @param device model and serial number, or name; empty before it was opened
/// @param job its job; empty while unknown
/// @param state one word: `opening`, `unlocking`, `loading`, `on hold`, `erasing`, `done`,
///   `refused`, `failed`
/// @param message what happened, and what to do; empty where there is nothing to say
/// @param progress of the present step
/// @param pace of the present step
public record BayState(
    String bay,
    String device,
    String job,
    String state,
    String message,
    Progress progress,
    Pace pace) {}
