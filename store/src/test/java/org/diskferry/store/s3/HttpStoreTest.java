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
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.testing.LoopbackS3;
import org.diskferry.store.testing.MemoryStore;
import org.diskferry.store.testing.ObjectStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpStoreTest extends ObjectStoreContract {
  private static final Credentials KEYS = Credentials.of("tester", "not a secret");

  private final BucketName bucket = new BucketName("shelf");
  private LoopbackS3 server;
  private HttpStore store;

  @BeforeEach
  void start() throws IOException, NoSuchAlgorithmException {
    server =
        LoopbackS3.start(
            MemoryStore.likeS3().withBucket(bucket, "eu-west-1"), KEYS, InstantSource.system());
    store =
        HttpStore.of(
            Endpoint.of(server.address("127.0.0.1"), AddressStyle.PATH, "us-east-1"),
            CredentialsSource.of(KEYS),
            StoreCapabilities.S3,
            new Limits(
                16,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                5,
                Duration.ofMillis(5),
                Duration.ofMillis(50)),
            SSLContext.getDefault(),
            _ -> List.of(InetAddress.getLoopbackAddress()),
            InstantSource.system(),
            new Random(1));
  }

  @AfterEach
  void stop() throws IOException {
    store.close();
    server.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
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
