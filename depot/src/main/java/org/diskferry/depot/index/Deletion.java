package org.diskferry.depot.index;

/// An object that is to be deleted.
///
/// @param condition on which it is
public record Deletion(ObjectKey key, Condition condition) {}
