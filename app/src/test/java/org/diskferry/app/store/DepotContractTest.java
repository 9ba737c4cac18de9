package org.diskferry.app.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.diskferry.app.home.Home;
import org.diskferry.app.service.RunningService;
import org.diskferry.app.service.ServiceSettings;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.testing.ObjectStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The contract on the embedded depot, as the running service uses it.
@Timeout(120)
class DepotContractTest extends ObjectStoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir private static Path folder;
  private static RunningService service;

  private BucketName bucket;

  @BeforeAll
  static void start() throws Exception {
    // The database server runs as a user of its own and passes through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    service =
        RunningService.start(
            new ServiceSettings(new Home(folder.resolve("home")).prepared(), 0, null),
            InstantSource.system());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void makeBucket() throws Exception {
    bucket = new BucketName("test-" + BUCKETS.incrementAndGet());
    service.createBucket(bucket, "eu-west-1");
  }

  @Override
  protected ObjectStore store() {
    return service.store();
  }

  @Override
  protected BucketName bucket() {
    return bucket;
  }

  @Override
  protected String region() {
    return "eu-west-1";
  }

  @Override
  protected StoreCapabilities capabilities() {
    return StoreCapabilities.S3;
  }
}
