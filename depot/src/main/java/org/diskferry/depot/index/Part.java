package org.diskferry.depot.index;

import java.time.Instant;

/// A part of an upload.
///
/// @param number 1 to 10,000
/// @param size bytes
/// @param etag without quotation marks: its MD5 in hex
/// @param crc32c of its bytes
/// @param checksum the one that the client chose; empty if none
/// @param modified when it was stored
public record Part(
    int number, long size, String etag, int crc32c, String checksum, Instant modified) {}
