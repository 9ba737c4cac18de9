package org.diskferry.job.dispatch;

import java.time.Instant;

/// What a station shows to be allowed to erase. Made just before, never kept for later.
///
/// @param revision of the order whose rows are proven
/// @param device as it was identified again on the descriptor that will write
/// @param files files that are stored and proven
/// @param bytes their bytes
/// @param openRows rows with status 400 and above
/// @param unexplainedBytes allocated on the device and belonging to nothing that was read
/// @param digest SHA-256 in hex over all rows, in path order: what exactly was proven
/// @param provenAt when the comparison with the store ended
public record EraseProof(
    int revision,
    DeviceIdentity device,
    long files,
    long bytes,
    long openRows,
    long unexplainedBytes,
    String digest,
    Instant provenAt) {}
