package org.diskferry.depot.index;

/// An object.
///
/// @param key in its bucket
/// @param content number of what it holds: another one each time it is stored
/// @param facts what is known of it
public record Entry(ObjectKey key, long content, Facts facts) {}
