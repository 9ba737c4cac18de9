package org.diskferry.app.store;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.diskferry.media.testing.NotRun;
import org.diskferry.store.BucketName;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.CredentialsSource;
import org.diskferry.store.s3.Endpoint;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.s3.Limits;
import org.diskferry.store.testing.Radosgw;
import org.jspecify.annotations.Nullable;

/// One gateway for all tests of this process: it takes its time to start, and goes when the process
/// goes.
public final class SharedRadosgw {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final Limits LIMITS =
      new Limits(
          16,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          5,
          Duration.ofMillis(20),
          Duration.ofMillis(200));

  private static @Nullable Radosgw running;

  private SharedRadosgw() {}

  /// The gateway; the test is not run where it is not installed.
  public static synchronized Radosgw require(Class<?> test) throws Exception {
    NotRun.unless(Radosgw.isInstalled(), test, "a real store that is not ours", "radosgw");
    Radosgw gateway = running;
    if (gateway == null) {
      Path directory = Files.createTempDirectory("radosgw-test");
      directory.toFile().deleteOnExit();
      gateway = Radosgw.start(directory);
      running = gateway;
    }
    return gateway;
  }

  /// A client of it.
  public static HttpStore client(
      Radosgw gateway, URI address, AddressStyle style, StoreCapabilities capabilities)
      throws Exception {
    boolean tls = address.getScheme().equals("https");
    return HttpStore.of(
        Endpoint.of(address, style, "default"),
        CredentialsSource.of(gateway.credentials()),
        capabilities,
        LIMITS,
        tls ? StoreTrust.of(gateway.certificate()) : SSLContext.getDefault(),
        _ -> gateway.address(),
        InstantSource.system(),
        new Random(1));
  }

  /// TLS that believes the certificate of a service's home.
  public static SSLContext trust(Path home) throws Exception {
    return StoreTrust.of(home.resolve("keys/cert.pem"));
  }

  /// A name that no other test of this process uses.
  public static BucketName newBucket() {
    return new BucketName("test-" + BUCKETS.incrementAndGet());
  }
}
