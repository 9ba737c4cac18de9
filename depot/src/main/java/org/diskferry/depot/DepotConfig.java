package org.diskferry.depot;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.diskferry.access.AccountId;
import org.diskferry.depot.s3.Transport;

/// What a depot needs to be told.
///
/// @param directory of the blobs, made where it does not exist
/// @param listen address of the endpoint; port 0 takes any that is free
/// @param transport plain or encrypted
/// @param hosts names of the endpoint; below each, buckets may stand in the host. Other hosts, and
///   addresses, are as good, with buckets in the path
/// @param service account of the service itself, which counts as owner of every bucket
/// @param reserveBytes kept free on the disk: writes that would use them are refused
/// @param unfinishedUploads after so long without being completed a multipart upload is dropped
public record DepotConfig(
    Path directory,
    InetSocketAddress listen,
    Transport transport,
    List<String> hosts,
    AccountId service,
    long reserveBytes,
    Duration unfinishedUploads) {

  /// Room for the database to go on writing when the blobs have filled the disk.
  public static final long DEFAULT_RESERVE = 256L * 1024 * 1024;

  /// Copies the names.
  public DepotConfig {
    hosts = List.copyOf(hosts);
  }

  /// Longer than a disk stays on hold.
  public static final Duration DEFAULT_UNFINISHED = Duration.ofDays(30);

  /// With the usual limits.
  public static DepotConfig of(
      Path directory,
      InetSocketAddress listen,
      Transport transport,
      List<String> hosts,
      AccountId service) {
    return new DepotConfig(
        directory, listen, transport, hosts, service, DEFAULT_RESERVE, DEFAULT_UNFINISHED);
  }
}
