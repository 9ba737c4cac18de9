package org.diskferry.depot;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.diskferry.access.AccountId;
import org.diskferry.access.KeyRing;
import org.diskferry.access.Principal;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.acl.Caller;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.blob.Scrub;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.BucketName;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Rejected;
import org.diskferry.depot.s3.Authorization;
import org.diskferry.depot.s3.S3Server;
import org.diskferry.depot.s3.S3Service;

/// The embedded object store, open and listening.
///
/// What it has answered with success is on the medium. It takes no writes any more once a sync has
/// failed ([#failure]), refuses cleanly what there is no room for, and hands out no byte that does
/// not match its checksum.
public final class Depot implements AutoCloseable {
  private final Index index;
  private final Blobs blobs;
  private final Authorization authorization;
  private final Housekeeping housekeeping;
  private final S3Server server;
  private final InstantSource clock;

  private Depot(
      Index index,
      Blobs blobs,
      Authorization authorization,
      Housekeeping housekeeping,
      S3Server server,
      InstantSource clock) {
    this.index = index;
    this.blobs = blobs;
    this.authorization = authorization;
    this.housekeeping = housekeeping;
    this.server = server;
    this.clock = clock;
  }

  /// Opens a depot and begins to listen.
  ///
  /// @param database where the index is, in a schema of its own that is made or upgraded; a pool,
  ///   not closed by the depot
  /// @throws IOException if the directory is in use, belongs to another index or fails, or the
  ///   address cannot be listened on
  public static Depot start(
      DepotConfig config, DataSource database, KeyRing keys, InstantSource clock)
      throws IOException {
    Index index = Index.open(database);
    Blobs blobs = Blobs.open(config.directory(), index.ledger(), clock, config.reserveBytes());
    try {
      Authorization authorization = new Authorization(config.service());
      S3Service service = new S3Service(index, blobs, keys, authorization, clock);
      S3Server server =
          S3Server.start(service, config.listen(), config.transport(), config.hosts());
      Housekeeping housekeeping = new Housekeeping(index, blobs, config.unfinishedUploads(), clock);
      return new Depot(index, blobs, authorization, housekeeping, server, clock);
    } catch (IOException | RuntimeException e) {
      blobs.close();
      throw e;
    }
  }

  /// Where it listens, without a slash at the end.
  public URI endpoint() {
    return server.endpoint();
  }

  /// The region of a bucket; empty where there is no such bucket.
  public Optional<String> bucketRegion(String bucket) {
    return find(bucket).map(Bucket::region);
  }

  /// Whether somebody may store objects in a bucket; no where there is no such bucket.
  public boolean mayWrite(Principal principal, String bucket) {
    Caller caller = new Caller.User(principal);
    return find(bucket)
        .filter(found -> authorization.allowsPut(caller, found, "s3:PutObject", "*"))
        .isPresent();
  }

  /// Whether somebody may list a bucket; no where there is no such bucket. What objects they may
  /// read depends on the objects.
  public boolean mayList(Principal principal, String bucket) {
    Caller caller = new Caller.User(principal);
    return find(bucket)
        .filter(found -> authorization.allows(caller, found, "s3:ListBucket", Permission.READ))
        .isPresent();
  }

  /// Makes a private bucket; says whether it is there now and belongs to `owner`, be it new or not.
  ///
  /// @throws IllegalArgumentException if the name breaks the rules of S3
  public boolean createBucket(AccountId owner, String name, String region) {
    BucketName bucket = new BucketName(name);
    try {
      index
          .buckets()
          .create(
              bucket,
              owner,
              region,
              Acl.owned(owner),
              clock.instant().truncatedTo(ChronoUnit.MILLIS));
      return true;
    } catch (Rejected _) {
      return find(name).filter(found -> found.owner().equals(owner)).isPresent();
    }
  }

  /// Re-reads all blobs and compares them with their checksums, for as long as the watch wants to
  /// go on.
  public Scrub.Report scrub(Scrub.Watch watch) throws IOException {
    return blobs.scrub(watch);
  }

  /// Re-reads all blobs and compares them with their checksums, telling of each that is damaged.
  public Scrub.Report scrub(Consumer<Scrub.Damage> damage) throws IOException {
    return blobs.scrub(damage);
  }

  /// Gives room back now, not in a while: drops old uploads, moves the living out of half-dead
  /// files, unlinks what has been dead long enough.
  public void tidy() throws IOException {
    housekeeping.tidy();
  }

  /// Why nothing is written any more; empty while the depot is sound.
  public String failure() {
    return blobs.failure();
  }

  @Override
  public void close() throws IOException {
    try (blobs;
        housekeeping;
        server) {
      // Closed in reverse: no request finds the blobs closed.
    }
  }

  private Optional<Bucket> find(String bucket) {
    return BucketName.isValid(bucket)
        ? index.buckets().find(new BucketName(bucket))
        : Optional.empty();
  }
}
