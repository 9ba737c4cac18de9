package org.diskferry.store;

import java.time.Instant;

/// What a store says of an object that it holds.
///
/// @param key its key
/// @param size bytes
/// @param etag without quotation marks; empty where the store gave none
/// @param modified when it was stored; the epoch where the store did not say
/// @param crc32c full-object CRC32C in base64 as `x-amz-checksum-crc32c` has it; empty where the
///   store keeps none, or a composite one only
public record StoredObject(
    ObjectKey key, long size, String etag, Instant modified, String crc32c) {}
