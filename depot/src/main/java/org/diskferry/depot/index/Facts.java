package org.diskferry.depot.index;

import java.time.Instant;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;

/// What is known of an object beside its bytes.
///
/// @param owner account
/// @param size bytes
/// @param etag without quotation marks
/// @param modified when it was stored
/// @param storageClass as it was asked for
/// @param acl grants
/// @param headers given back with it
/// @param crc32c of all bytes
/// @param checksum the one that the client chose, in the form of its own making; empty if none
public record Facts(
    AccountId owner,
    long size,
    String etag,
    Instant modified,
    String storageClass,
    Acl acl,
    Headers headers,
    int crc32c,
    String checksum) {}
