package org.diskferry.depot.index;

import java.time.Instant;
import java.util.UUID;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;

/// A multipart upload.
///
/// @param id random
/// @param bucket id of its bucket
/// @param key of the object to be
/// @param owner of the object to be
/// @param initiator account that began it
/// @param started when
/// @param storageClass of the object to be
/// @param acl of the object to be
/// @param headers of the object to be
/// @param algorithm of checksums that the client chose; empty for none
/// @param checksumType `COMPOSITE` or `FULL_OBJECT`; empty for none
public record Upload(
    UUID id,
    long bucket,
    ObjectKey key,
    AccountId owner,
    AccountId initiator,
    Instant started,
    String storageClass,
    Acl acl,
    Headers headers,
    String algorithm,
    String checksumType) {}
