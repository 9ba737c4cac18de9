package org.diskferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.testing.HttpFault;
import org.diskferry.store.testing.HttpFaultPlan;
import org.diskferry.store.testing.LoopbackS3;
import org.diskferry.store.testing.MemoryStore;
import org.diskferry.store.testing.ObjectStoreContract;
import org.diskferry.store.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The contract again, over TLS, with buckets in the host, answers in chunks, and a store that
/// knows no checksum but MD5.
@Timeout(60)
class HttpStoreOverTlsTest extends ObjectStoreContract {
  private static SSLContext certified;

  private final BucketName bucket = Fixture.BUCKET;
  private LoopbackS3 server;
  private HttpStore store;

  @BeforeAll
  static void certify(@TempDir Path directory) throws Exception {
    certified = TestCertificate.of(directory, "store.test", "*.store.test");
  }

  @BeforeEach
  void start() throws IOException {
    MemoryStore memory =
        new MemoryStore(InstantSource.system(), StoreCapabilities.COMMON, MemoryStore.SMALLEST_PART)
            .withBucket(bucket, "eu-west-1");
    server =
        LoopbackS3.startWithTls(
            memory, Fixture.KEYS, InstantSource.system(), certified.getServerSocketFactory());
    server.answerInChunks(true);
    store = client(server.address(Fixture.HOST), certified);
  }

  private static HttpStore client(URI address, SSLContext trust) {
    return HttpStore.of(
        Endpoint.of(address, AddressStyle.VIRTUAL_HOST, "us-east-1"),
        CredentialsSource.of(Fixture.KEYS),
        StoreCapabilities.COMMON,
        Fixture.LIMITS,
        trust,
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
    return StoreCapabilities.COMMON;
  }

  @Test
  void aCertificateThatNobodyTrustsEndsTheCallAtOnce() throws NoSuchAlgorithmException {
    try (HttpStore distrustful = client(server.address(Fixture.HOST), SSLContext.getDefault())) {
      assertThatThrownBy(() -> distrustful.list(bucket, "", ""))
          .hasMessageContaining("PKIX")
          .hasMessageNotContaining("attempts");
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void aCertificateOfAnotherHostEndsTheCallAtOnce() {
    try (HttpStore elsewhere = client(server.address("other.test"), certified)) {
      assertThatThrownBy(() -> elsewhere.list(bucket, "", ""))
          .hasMessageContaining("shelf.other.test")
          .hasMessageNotContaining("attempts");
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void aResetUnderTlsIsSurvived() throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(5).nextBytes(content);
    ObjectKey key = new ObjectKey("key");
    for (long bytes : new long[] {0, 100_000, 2_999_999}) {
      server.follow(HttpFaultPlan.first(2, new HttpFault.ResetInBody(bytes)));
      store.put(bucket, key, Headers.ofType("a/b"), Body.of(content), Checksum.of(content));
      server.follow(HttpFaultPlan.first(2, new HttpFault.ResetInAnswer(bytes)));
      ByteBuffer target = ByteBuffer.allocate(content.length);
      store.read(bucket, key, "", 0, target);
      assertThat(target.array()).isEqualTo(content);
    }
  }

  @Test
  void anEarlyAnswerUnderTlsIsHeard() {
    server.follow(HttpFaultPlan.always(new HttpFault.AnsweredEarly(403, "AccessDenied")));
    byte[] huge = new byte[20_000_000];
    assertThatThrownBy(() ->
            store.put(
                bucket, new ObjectKey("key"), Headers.ofType("a/b"), Body.of(huge), Checksum.NONE))
        .hasMessageContaining("403");
  }
}
