package org.diskferry.app.service;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import org.diskferry.access.AccountId;
import org.diskferry.app.home.Home;
import org.diskferry.depot.Depot;
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
  /// @param objects address of the object store
  /// @param store as the service itself uses it
  /// @param depot the embedded store
  /// @param dock the bays
  /// @param customer account of the first user
  record Parts(
      Home home,
      URI jobs,
      URI objects,
      ObjectStore store,
      Depot depot,
      Dock dock,
      AccountId customer) {}

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
    return parts.objects();
  }

  /// The object store, with the rights of the service.
  public ObjectStore store() {
    return parts.store();
  }

  /// Makes a bucket of the first user in the embedded store.
  public void createBucket(BucketName bucket, String region) throws IOException {
    if (!parts.depot().createBucket(parts.customer(), bucket.value(), region)) {
      throw new IOException("bucket " + bucket + " is somebody else's");
    }
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
