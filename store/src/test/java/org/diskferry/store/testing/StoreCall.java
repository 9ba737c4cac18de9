package org.diskferry.store.testing;

import org.diskferry.store.BucketName;

/// One call that reached a [FaultyStore].
///
/// @param number 1 for the first, in order of arrival
/// @param operation what was asked
/// @param bucket of which bucket
/// @param key of which key (with `#NUMBER` for a part), or prefix; empty where there is none
public record StoreCall(long number, Operation operation, BucketName bucket, String key) {}
