package org.diskferry.store.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.diskferry.access.Credentials;
import org.diskferry.store.BucketName;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.testing.LoopbackS3;
import org.diskferry.store.testing.MemoryStore;

/// A client, a server that misbehaves on demand, and the store behind it.
final class Fixture implements AutoCloseable {
  static final Credentials KEYS = Credentials.of("tester", "not a secret");
  static final BucketName BUCKET = new BucketName("shelf");
  static final String HOST = "store.test";

  /// Short enough that a test that waits for all of them stays short.
  static final Limits LIMITS =
      new Limits(
          16,
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          5,
          Duration.ofMillis(5),
          Duration.ofMillis(50));

  final MemoryStore memory;
  final LoopbackS3 server;
  final HttpStore store;

  private Fixture(Make make) throws IOException, NoSuchAlgorithmException {
    memory =
        new MemoryStore(InstantSource.system(), make.behind, MemoryStore.SMALLEST_PART)
            .withBucket(BUCKET, "us-east-1");
    server = LoopbackS3.start(memory, make.serverKeys, make.serverClock);
    store =
        HttpStore.of(
            Endpoint.of(server.address(HOST), make.style, "us-east-1"),
            make.source,
            make.capabilities,
            make.limits,
            SSLContext.getDefault(),
            _ -> List.of(InetAddress.getLoopbackAddress()),
            InstantSource.system(),
            new Random(1));
  }

  static Make make() {
    return new Make();
  }

  /// What may differ from test to test.
  static final class Make {
    private Credentials serverKeys = KEYS;
    private InstantSource serverClock = InstantSource.system();
    private AddressStyle style = AddressStyle.PATH;
    private CredentialsSource source = CredentialsSource.of(KEYS);
    private StoreCapabilities capabilities = StoreCapabilities.S3;
    private StoreCapabilities behind = StoreCapabilities.S3;
    private Limits limits = LIMITS;

    /// What the store behind the server can do.
    Make behind(StoreCapabilities wanted) {
      behind = wanted;
      return this;
    }

    Make serverKeys(Credentials keys) {
      serverKeys = keys;
      return this;
    }

    Make serverClock(InstantSource clock) {
      serverClock = clock;
      return this;
    }

    Make style(AddressStyle wanted) {
      style = wanted;
      return this;
    }

    Make source(CredentialsSource wanted) {
      source = wanted;
      return this;
    }

    Make capabilities(StoreCapabilities wanted) {
      capabilities = wanted;
      return this;
    }

    Make limits(Limits wanted) {
      limits = wanted;
      return this;
    }

    Fixture start() throws IOException, NoSuchAlgorithmException {
      return new Fixture(this);
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
    server.close();
  }
}
