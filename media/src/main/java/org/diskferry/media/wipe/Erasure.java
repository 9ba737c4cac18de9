package org.diskferry.media.wipe;

/// A finished erase.
///
/// @param bytes that were overwritten with zeros and read back as zeros: the whole device
/// @param fromMedium whether the reading back bypassed all caches of this machine
public record Erasure(long bytes, boolean fromMedium) {}
