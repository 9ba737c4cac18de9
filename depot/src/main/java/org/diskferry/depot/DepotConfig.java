package org.diskferry.depot;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.diskferry.access.AccountId;
import org.diskferry.depot.s3.Transport;

/// What a depot needs to be told.
///
/// @param directory of the blobs, made where it does not exist
/// @param listen address of the endpoint; port 0 takes any that is free
/// @param transport plain or encrypted
/// @param service account of the service itself, which counts as owner of every bucket
/// @param reserveBytes kept free on the disk: writes that would use them are refused
/// @param unfinishedUploads after so long without being completed a multipart upload is dropped
public record DepotConfig(
    Path directory,
    InetSocketAddress listen,
    Transport transport,
    AccountId service,
    long reserveBytes,
    Duration unfinishedUploads) {

  /// Room for the database to go on writing when the blobs have filled the disk.
  public static final long DEFAULT_RESERVE = 256L * 1024 * 1024;

  /// Longer than a disk stays on hold.
  public static final Duration DEFAULT_UNFINISHED = Duration.ofDays(30);

  /// With the usual limits.
  public static DepotConfig of(
      Path directory, InetSocketAddress listen, Transport transport, AccountId service) {
    return new DepotConfig(
        directory, listen, transport, service, DEFAULT_RESERVE, DEFAULT_UNFINISHED);
  }
}
