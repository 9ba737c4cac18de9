package org.diskferry.store.s3;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.diskferry.access.Credentials;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.testing.ObjectStoreContract;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The contract on a store that keeps objects as files, with all that follows from it.
@Timeout(120)
class S3ProxyContractTest extends ObjectStoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir private static Path folder;
  private static S3Proxy proxy;
  private static StoreCapabilities capabilities;
  private static HttpStore store;

  private BucketName bucket;

  @BeforeAll
  static void start() throws Exception {
    proxy =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "tester", "not a secret")
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .build();
    proxy.start();
    try (HttpStore asking = client(StoreCapabilities.COMMON)) {
      BucketName scratch = new BucketName("scratch");
      asking.createBucket(scratch, "");
      capabilities = asking.probe(scratch, "scratch/");
    }
    store = client(capabilities);
  }

  private static HttpStore client(StoreCapabilities able) throws Exception {
    return HttpStore.of(
        Endpoint.of(
            URI.create("http://127.0.0.1:" + proxy.getPort()), AddressStyle.PATH, "us-east-1"),
        CredentialsSource.of(Credentials.of("tester", "not a secret")),
        able,
        new Limits(
            16,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            3,
            Duration.ofMillis(5),
            Duration.ofMillis(50)),
        SSLContext.getDefault(),
        _ -> List.of(InetAddress.getLoopbackAddress()),
        InstantSource.system(),
        new Random(1));
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
    proxy.stop();
  }

  @BeforeEach
  void makeBucket() throws Exception {
    bucket = new BucketName("test-" + BUCKETS.incrementAndGet());
    store.createBucket(bucket, "");
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
    return "us-east-1";
  }

  @Override
  protected StoreCapabilities capabilities() {
    return capabilities;
  }
}
