package org.diskferry.server.query;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.diskferry.access.KeyRing;
import org.diskferry.job.JobStore;
import org.diskferry.job.manifest.ManifestReader;

/// What the query API works with.
///
/// @param keys of the users
/// @param jobs of all accounts
/// @param manifests reads them
/// @param buckets that jobs may name
/// @param clock for the age of signatures; the store has its own
/// @param random cryptographic, for the answers of `ValidateOnly`
public record Site(
    KeyRing keys,
    JobStore jobs,
    ManifestReader manifests,
    BucketDirectory buckets,
    InstantSource clock,
    RandomGenerator random) {}
