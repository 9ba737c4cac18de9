package org.diskferry.app.service;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import org.diskferry.app.home.Home;
import org.diskferry.job.JobId;
import org.diskferry.postgres.PostgresException;
import org.diskferry.server.registry.RegistryException;
import org.diskferry.station.dock.BayState;
import org.diskferry.station.dock.Dock;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectStore;

/// Everything that `up` runs.
public final class RunningService implements AutoCloseable {
  private final Closer closer;
  private final Parts parts;

  RunningService(Closer closer, Parts parts) {
    this.closer = closer;
    this.parts = parts;
  }

  /// What others may want of it.
  ///
  /// @param home where everything is kept
  /// @param jobs address of the query API
  /// @param shelf where the objects are
  /// @param dock the bays
  record Parts(Home home, URI jobs, Shelf shelf, Dock dock) {}

  /// Starts all of it.
  ///
  /// @throws IOException with what could not be started and why
  public static RunningService start(ServiceSettings settings, InstantSource clock)
      throws IOException {
    return start(settings, clock, StationParts.USUAL);
  }

  /// Starts all of it, with a station of these parts.
  static RunningService start(ServiceSettings settings, InstantSource clock, StationParts station)
      throws IOException {
    Closer closer = new Closer();
    try {
      return new Wiring(settings, clock, closer, station).start();
    } catch (PostgresException | RegistryException | GeneralSecurityException e) {
      closer.close();
      throw new IOException("the service cannot start: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      closer.close();
      throw e;
    }
  }

  /// What is printed once everything answers.
  public String readyLine() {
    return "ready  %s  home %s  dock %s"
        .formatted(parts.jobs(), parts.home().path(), parts.home().dock());
  }

  /// Address of the query API.
  public URI jobs() {
    return parts.jobs();
  }

  /// Address of the object store.
  public URI objects() {
    return parts.shelf().address();
  }

  /// The object store, with the rights of the service.
  public ObjectStore store() {
    return parts.shelf().store();
  }

  /// Whether the objects are in the embedded depot, which knows the customers of the service.
  public boolean isStoreEmbedded() {
    return parts.shelf().embedded();
  }

  /// Makes a bucket of the first user; one that is there and theirs is fine.
  ///
  /// @param region of the bucket; a store that is not the depot makes it in its own
  public void createBucket(BucketName bucket, String region) throws IOException {
    parts.shelf().maker().make(bucket, region);
  }

  /// How the bay with the device of `job` stands; empty where none has it.
  public Optional<BayState> bay(JobId job) {
    return parts.dock().find(job);
  }

  @Override
  public void close() {
    closer.close();
  }
}
