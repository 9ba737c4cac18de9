package org.diskferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diskferry.store.s3.Fixture.BUCKET;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diskferry.access.Credentials;
import org.diskferry.store.Body;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.Stored;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.testing.HttpCall;
import org.diskferry.store.testing.HttpFault;
import org.diskferry.store.testing.HttpFaultPlan;
import org.diskferry.store.testing.LoopbackS3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the client makes of a store that misbehaves.
@Timeout(60)
class HttpStoreFaultsTest {
  private static final Headers PLAIN = Headers.ofType("application/octet-stream");
  private static final ObjectKey KEY = new ObjectKey("some/key");
  private static final byte[] SMALL = bytes(1000, 1);
  private static final byte[] LARGE = bytes(3_000_000, 2);

  private Fixture all;

  @BeforeEach
  void start() throws Exception {
    all = Fixture.make().start();
  }

  @AfterEach
  void stop() throws IOException {
    all.close();
  }

  private void restart(Fixture.Make make) throws Exception {
    all.close();
    all = make.start();
  }

  private Stored put(byte[] content) throws StoreException {
    return all.store.put(BUCKET, KEY, PLAIN, Body.of(content), Checksum.of(content));
  }

  private void assertStored(byte[] content) throws StoreException {
    assertThat(all.memory.content(BUCKET, KEY)).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({
    "500,InternalError",
    "503,SlowDown",
    "503,ServiceUnavailable",
    "429,TooManyRequests",
    "400,RequestTimeout",
    "408,''",
    "502,''",
    "504,''",
    "409,OperationAborted",
    "400,IncompleteBody"
  })
  void whatMayPassIsTriedAgain(int status, String code) throws Exception {
    all.server.follow(HttpFaultPlan.first(3, HttpFault.answered(status, code)));
    put(SMALL);
    assertStored(SMALL);
    assertThat(all.server.calls()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "403,AccessDenied,DENIED",
    "403,'',DENIED",
    "403,InvalidAccessKeyId,DENIED",
    "400,InvalidArgument,REFUSED",
    "501,NotImplemented,REFUSED",
    "404,NoSuchBucket,NO_SUCH_BUCKET",
    "412,PreconditionFailed,PRECONDITION",
    "507,InsufficientStorage,FULL",
    "500,XMinioStorageFull,FULL",
    "405,MethodNotAllowed,REFUSED"
  })
  void whatWillNotPassIsToldAtOnce(int status, String code, Trouble trouble) {
    all.server.follow(HttpFaultPlan.always(HttpFault.answered(status, code)));
    assertTrouble(() -> put(SMALL), trouble);
    assertThat(all.server.calls()).hasSize(1);
  }

  @Test
  void aStoreThatKeepsFailingIsGivenUp() {
    all.server.follow(HttpFaultPlan.always(HttpFault.answered(500, "InternalError")));
    assertThatThrownBy(() -> put(SMALL))
        .hasMessageContaining("PUT shelf/some/key")
        .hasMessageContaining("500 InternalError")
        .hasMessageContaining("5 attempts");
    assertTrouble(() -> put(SMALL), Trouble.UNAVAILABLE);
    assertThat(all.server.calls()).hasSize(10);
  }

  @Test
  void beingAskedToSlowDownDoesNotCountAsFailing() throws Exception {
    all.server.follow(HttpFaultPlan.first(30, HttpFault.slowDown()));
    put(SMALL);
    assertThat(all.server.calls()).hasSize(31);
  }

  @Test
  void aStormIsWeatheredAndFewerCallsRunAfterIt() throws Exception {
    all.server.follow(HttpFaultPlan.first(40, HttpFault.slowDown()));
    putMany("storm", Fixture.LIMITS.calls());
    all.server.forget();
    all.server.think(Duration.ofMillis(20));
    putMany("calm", 24);
    // Half of 16, and at most an eighth for each of the 40 successes.
    assertThat(all.server.mostAtOnce()).isBetween(1, 13);
    assertThat(all.memory.keys(BUCKET)).hasSize(40);
  }

  private void putMany(String prefix, int count) throws Exception {
    List<Callable<Stored>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ObjectKey key = new ObjectKey(prefix + "/" + i);
      calls.add(() -> all.store.put(BUCKET, key, PLAIN, Body.of(SMALL), Checksum.of(SMALL)));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Stored> one : threads.invokeAll(calls)) {
        assertThat(one.get().verified()).isTrue();
      }
    }
  }

  @Test
  void aPauseThatTheStoreAsksForIsKept() throws Exception {
    all.server.follow(
        HttpFaultPlan.first(
            1, HttpFault.answered(503, "SlowDown", LoopbackS3.header("Retry-After", "1"))));
    long before = System.nanoTime();
    put(SMALL);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void oneConnectionServesManyCalls() throws Exception {
    for (int i = 0; i < 50; i++) {
      put(SMALL);
    }
    assertThat(all.server.connections()).isEqualTo(1);
  }

  @Test
  void noMoreCallsRunAtOnceThanAllowed() throws Exception {
    all.server.think(Duration.ofMillis(5));
    putMany("many", 200);
    assertThat(all.server.calls()).hasSize(200);
    assertThat(all.server.mostAtOnce()).isBetween(2, Fixture.LIMITS.calls());
    assertThat(all.server.connections()).isLessThanOrEqualTo(Fixture.LIMITS.calls());
  }

  @Test
  void aConnectionThatDiedWhileIdleCostsNoAttempt() throws Exception {
    all.server.follow(HttpFaultPlan.first(1, new HttpFault.ClosedAfterwards()));
    put(SMALL);
    put(LARGE);
    assertStored(LARGE);
    assertThat(all.server.calls()).hasSize(2);
    assertThat(all.server.connections()).isEqualTo(2);
  }

  @Test
  void aUsedConnectionThatDiesIsReplacedOnce() throws Exception {
    put(SMALL);
    all.server.forget();
    all.server.follow(HttpFaultPlan.first(1, new HttpFault.ResetInBody(10)));
    put(LARGE);
    assertStored(LARGE);
    assertThat(all.server.calls()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1000, 262_144, 1_000_000, 2_999_999})
  void aResetInTheBodyIsSurvived(long bytes) throws Exception {
    all.server.follow(HttpFaultPlan.first(2, new HttpFault.ResetInBody(bytes)));
    assertThat(put(LARGE).etag()).isEqualTo(Checksum.of(LARGE).md5());
    assertStored(LARGE);
  }

  @Test
  void aResetAtAnyByteOfAnyAnswerIsSurvived() throws Exception {
    put(LARGE);
    for (int bytes = 0; bytes < 260; bytes += 13) {
      all.server.follow(HttpFaultPlan.first(1, new HttpFault.ResetInAnswer(bytes)));
      assertThat(put(LARGE).etag()).isEqualTo(Checksum.of(LARGE).md5());
      all.server.follow(HttpFaultPlan.first(1, new HttpFault.ResetInAnswer(bytes)));
      assertThat(all.store.list(BUCKET, "", "").objects()).hasSize(1);
      all.server.follow(HttpFaultPlan.first(1, new HttpFault.ResetInAnswer(bytes * 1000L)));
      ByteBuffer target = ByteBuffer.allocate(LARGE.length);
      all.store.read(BUCKET, KEY, "", 0, target);
      assertThat(target.remaining()).isZero();
      assertThat(target.array()).isEqualTo(LARGE);
    }
  }

  @Test
  void answersInChunksAreRead() throws Exception {
    all.server.answerInChunks(true);
    put(LARGE);
    ByteBuffer target = ByteBuffer.allocateDirect(LARGE.length);
    all.store.read(BUCKET, KEY, "", 0, target);
    assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(LARGE));
    assertThat(all.store.list(BUCKET, "", "").objects()).hasSize(1);
    assertThat(all.server.connections()).isEqualTo(1);
  }

  @Test
  void anAnswerThatComesBeforeTheBodyIsSentCounts() {
    restartWithout100();
    all.server.follow(HttpFaultPlan.always(new HttpFault.AnsweredEarly(403, "AccessDenied")));
    byte[] huge = bytes(20_000_000, 3);
    for (int i = 0; i < 5; i++) {
      StoreException thrown = assertThrows(StoreException.class, () -> put(huge));
      assertThat(thrown.trouble()).isEqualTo(Trouble.DENIED);
    }
    assertThat(all.server.calls()).hasSize(5);
  }

  private void restartWithout100() {
    try {
      restart(
          Fixture.make()
              .capabilities(new StoreCapabilities(StoreCapabilities.Crc32c.WHOLE, false)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLargeBodyWaitsForLeave() {
    AtomicInteger reads = new AtomicInteger();
    Body body =
        new Body() {
          @Override
          public long size() {
            return LARGE.length;
          }

          @Override
          public void read(long position, ByteBuffer target) {
            reads.incrementAndGet();
            target.put(LARGE, Math.toIntExact(position), target.remaining());
          }
        };
    all.server.follow(HttpFaultPlan.always(new HttpFault.AnsweredEarly(403, "AccessDenied")));
    assertTrouble(
        () -> all.store.put(BUCKET, KEY, PLAIN, body, Checksum.of(LARGE)), Trouble.DENIED);
    assertThat(reads).hasValue(0);
    assertThat(all.server.calls().getFirst().header("Expect")).hasValue("100-continue");
  }

  @Test
  void aStoreThatSaysNothingIsGivenUpInTime() throws Exception {
    restart(Fixture.make().limits(impatient()));
    all.server.follow(HttpFaultPlan.always(new HttpFault.Hanging()));
    long before = System.nanoTime();
    assertTrouble(() -> put(SMALL), Trouble.UNAVAILABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(all.server.calls()).hasSize(2);
  }

  @Test
  void aStoreThatDoesNotTakeTheBodyIsGivenUpInTime() throws Exception {
    restart(Fixture.make().limits(impatient()).capabilities(StoreCapabilities.COMMON));
    all.server.follow(HttpFaultPlan.always(new HttpFault.Deaf()));
    byte[] huge = bytes(20_000_000, 3);
    assertTrouble(() -> put(huge), Trouble.UNAVAILABLE);
    assertThat(all.server.calls()).hasSize(2);
  }

  private static Limits impatient() {
    return new Limits(
        4,
        Duration.ofSeconds(1),
        Duration.ofMillis(400),
        Duration.ofSeconds(10),
        2,
        Duration.ofMillis(5),
        Duration.ofMillis(5));
  }

  @Test
  void theTimeOfAWholeCallIsBounded() throws Exception {
    restart(
        Fixture.make()
            .limits(
                new Limits(
                    4,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(700),
                    100,
                    Duration.ofMillis(5),
                    Duration.ofMillis(50))));
    all.server.follow(HttpFaultPlan.always(HttpFault.slowDown()));
    long before = System.nanoTime();
    assertTrouble(() -> put(SMALL), Trouble.UNAVAILABLE);
    all.server.follow(HttpFaultPlan.always(new HttpFault.Hanging()));
    assertTrouble(() -> put(SMALL), Trouble.UNAVAILABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void nobodyThereIsUnavailable() throws Exception {
    all.server.close();
    assertTrouble(() -> put(SMALL), Trouble.UNAVAILABLE);
  }

  @Test
  void anInterruptEndsACallThatWaits() throws Exception {
    all.server.follow(HttpFaultPlan.always(new HttpFault.Hanging()));
    for (Thread.Builder kind : List.of(Thread.ofVirtual(), Thread.ofPlatform())) {
      AtomicReference<Throwable> end = new AtomicReference<>();
      AtomicReference<Boolean> flag = new AtomicReference<>(false);
      long calls = all.server.calls().size();
      Thread caller =
          kind.start(() -> {
            end.set(assertThrows(StoreException.class, () -> put(SMALL)));
            flag.set(Thread.currentThread().isInterrupted());
          });
      while (all.server.calls().size() == calls && caller.isAlive()) {
        Thread.sleep(1);
      }
      caller.interrupt();
      caller.join(Duration.ofSeconds(3));
      assertThat(caller.isAlive()).isFalse();
      assertThat(((StoreException) end.get()).trouble()).isEqualTo(Trouble.UNAVAILABLE);
      assertThat(end.get()).hasMessageContaining("interrupted");
      assertThat(flag).hasValue(true);
    }
  }

  private static boolean completes(HttpCall call) {
    return call.is("POST", "uploadId");
  }

  private Part onlyPart(UploadId upload) throws StoreException {
    return all.store.part(BUCKET, KEY, upload, 1, Body.of(SMALL), Checksum.of(SMALL));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 40, 200})
  void aLostAnswerToCompleteIsFoundOut(long bytes) throws Exception {
    UploadId upload = all.store.begin(BUCKET, KEY, PLAIN);
    Part part = onlyPart(upload);
    all.server.follow(
        HttpFaultPlan.first(1, HttpStoreFaultsTest::completes, new HttpFault.ResetInAnswer(bytes))
            .and(
                HttpFaultPlan.first(
                    1, HttpStoreFaultsTest::completes, HttpFault.answered(404, "NoSuchUpload"))));
    Stored stored = all.store.complete(BUCKET, KEY, upload, List.of(part));
    assertThat(stored.etag()).endsWith("-1");
    assertStored(SMALL);
  }

  @Test
  void aCompleteThatIsNeverAnsweredIsFoundOutToo() throws Exception {
    UploadId upload = all.store.begin(BUCKET, KEY, PLAIN);
    Part part = onlyPart(upload);
    all.server.follow(
        HttpFaultPlan.first(100, HttpStoreFaultsTest::completes, new HttpFault.ResetInAnswer(0)));
    assertThat(all.store.complete(BUCKET, KEY, upload, List.of(part)).etag()).endsWith("-1");
  }

  @Test
  void aStoreThatFailsForEverWhereThereIsNoUploadIsAskedOtherwise() throws Exception {
    UploadId upload = all.store.begin(BUCKET, KEY, PLAIN);
    Part part = onlyPart(upload);
    all.store.abort(BUCKET, KEY, upload);
    all.server.follow(
        HttpFaultPlan.first(
            100, HttpStoreFaultsTest::completes, HttpFault.answered(500, "InternalError")));
    assertTrouble(
        () -> all.store.complete(BUCKET, KEY, upload, List.of(part)), Trouble.NO_SUCH_UPLOAD);
  }

  @Test
  void aKeyThatTheStoreWouldLoseIsNotSent() throws Exception {
    restart(
        Fixture.make()
            .capabilities(
                new StoreCapabilities(
                    StoreCapabilities.Crc32c.WHOLE, Set.of(), true, Set.of(), Set.of())));
    ObjectKey folder = new ObjectKey("folder/");
    assertTrouble(
        () -> all.store.put(BUCKET, folder, PLAIN, Body.of(SMALL), Checksum.NONE), Trouble.REFUSED);
    assertThat(all.server.calls()).isEmpty();
  }

  @Test
  void anotherObjectUnderTheKeyIsNotTakenForTheUpload() throws Exception {
    put(LARGE);
    UploadId upload = all.store.begin(BUCKET, KEY, PLAIN);
    Part part = onlyPart(upload);
    all.store.abort(BUCKET, KEY, upload);
    assertTrouble(
        () -> all.store.complete(BUCKET, KEY, upload, List.of(part)), Trouble.NO_SUCH_UPLOAD);
    // The same bytes, but not of parts.
    put(SMALL);
    assertTrouble(
        () -> all.store.complete(BUCKET, KEY, upload, List.of(part)), Trouble.NO_SUCH_UPLOAD);
  }

  @Test
  void anErrorBehindAGoodStatusIsAnError() throws Exception {
    UploadId upload = all.store.begin(BUCKET, KEY, PLAIN);
    Part part = onlyPart(upload);
    all.server.follow(
        HttpFaultPlan.first(
            1, HttpStoreFaultsTest::completes, new HttpFault.FailedLate("InternalError")));
    assertThat(all.store.complete(BUCKET, KEY, upload, List.of(part)).etag()).endsWith("-1");
    all.server.follow(
        HttpFaultPlan.first(
            1, HttpStoreFaultsTest::completes, new HttpFault.FailedLate("AccessDenied")));
    assertTrouble(() -> all.store.complete(BUCKET, KEY, upload, List.of(part)), Trouble.DENIED);
  }

  @Test
  void anEmptyETagIsAskedFor() throws Exception {
    UploadId upload = all.store.begin(BUCKET, KEY, PLAIN);
    Part part = onlyPart(upload);
    all.server.follow(
        HttpFaultPlan.first(1, HttpStoreFaultsTest::completes, new HttpFault.WithoutEtag()));
    assertThat(all.store.complete(BUCKET, KEY, upload, List.of(part)).etag())
        .isEqualTo(all.memory.head(BUCKET, KEY).orElseThrow().etag());
    all.server.follow(
        HttpFaultPlan.first(1, call -> call.is("PUT", ""), new HttpFault.WithoutEtag()));
    assertThat(put(SMALL).etag()).isEqualTo(Checksum.of(SMALL).md5());
  }

  @Test
  void theStoresClockIsLearned() throws Exception {
    InstantSource ahead = () -> Instant.now().plus(Duration.ofHours(30));
    restart(Fixture.make().serverClock(ahead));
    put(SMALL);
    put(SMALL);
    assertThat(all.server.calls()).hasSize(3);
  }

  @Test
  void theRegionOfABucketIsLearned() throws Exception {
    all.memory.withBucket(BUCKET, "eu-central-1");
    put(SMALL);
    put(SMALL);
    assertThat(all.store.head(BUCKET, KEY)).isPresent();
    assertThat(all.server.calls()).hasSize(4);
  }

  @Test
  void theRegionIsLearnedFromAnAnswerWithoutABody() throws Exception {
    put(SMALL);
    all.memory.withBucket(BUCKET, "eu-central-1");
    assertThat(all.store.head(BUCKET, KEY)).isEmpty();
    put(SMALL);
    assertThat(all.store.head(BUCKET, KEY)).isPresent();
  }

  @Test
  void aMoveToAHostBelowTheEndpointIsFollowed() throws Exception {
    String there = all.server.address("eu.store.test") + "/shelf/some/key";
    all.server.follow(
        HttpFaultPlan.first(1, HttpFault.answered(307, "", LoopbackS3.header("Location", there))));
    put(SMALL);
    assertStored(SMALL);
    put(SMALL);
    assertThat(all.server.calls())
        .extracting(call -> call.header("Host").orElseThrow().replaceAll(":.*", ""))
        .containsExactly("store.test", "eu.store.test", "store.test");
  }

  @Test
  void aLastingMoveIsRemembered() throws Exception {
    String there = all.server.address("eu.store.test").toString();
    all.server.follow(
        HttpFaultPlan.first(1, HttpFault.answered(301, "", LoopbackS3.header("Location", there))));
    put(SMALL);
    put(SMALL);
    assertThat(all.server.calls())
        .extracting(call -> call.header("Host").orElseThrow().replaceAll(":.*", ""))
        .containsExactly("store.test", "eu.store.test", "eu.store.test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.test", "evilstore.test", "store.test.evil", "test"})
  void nothingIsSignedForAHostThatIsNotTheEndpoints(String host) {
    String there = all.server.address(host) + "/shelf/some/key";
    all.server.follow(
        HttpFaultPlan.always(HttpFault.answered(307, "", LoopbackS3.header("Location", there))));
    assertThatThrownBy(() -> put(SMALL)).hasMessageContaining(host);
    assertThat(all.server.calls()).hasSize(1);
  }

  @Test
  void redirectsInACircleEnd() {
    String one = all.server.address("a.store.test").toString();
    String two = all.server.address("b.store.test").toString();
    all.server.follow(call ->
        HttpFault.answered(
            307, "", LoopbackS3.header("Location", call.number() % 2 == 0 ? one : two)));
    assertThatThrownBy(() -> put(SMALL)).isInstanceOf(StoreException.class);
    assertThat(all.server.calls().size()).isLessThan(10);
  }

  @Test
  void bucketsMayStandInTheHost() throws Exception {
    restart(Fixture.make().style(AddressStyle.VIRTUAL_HOST));
    put(SMALL);
    assertStored(SMALL);
    HttpCall call = all.server.calls().getFirst();
    assertThat(call.header("Host").orElseThrow()).startsWith("shelf.store.test:");
    assertThat(call.head().path()).isEqualTo("/some/key");
  }

  @Test
  void aSessionThatIsOverIsRenewed() throws Exception {
    Credentials old = new Credentials(Fixture.KEYS.id(), Fixture.KEYS.secret(), "old");
    Credentials fresh = new Credentials(Fixture.KEYS.id(), Fixture.KEYS.secret(), "fresh");
    AtomicReference<Credentials> current = new AtomicReference<>(old);
    restart(
        Fixture.make()
            .serverKeys(fresh)
            .source(
                new CredentialsSource() {
                  @Override
                  public Credentials current() {
                    return current.get();
                  }

                  @Override
                  public Credentials renewed(Credentials expired) {
                    assertThat(expired).isEqualTo(old);
                    current.set(fresh);
                    return fresh;
                  }
                }));
    put(SMALL);
    put(SMALL);
    assertThat(all.server.calls()).hasSize(3);
  }

  @Test
  void lastingCredentialsThatAreOverAreDenied() throws Exception {
    restart(
        Fixture.make()
            .serverKeys(new Credentials(Fixture.KEYS.id(), Fixture.KEYS.secret(), "another")));
    assertTrouble(() -> put(SMALL), Trouble.DENIED);
  }

  @Test
  void wrongCredentialsAreDeniedAndNotShown() throws Exception {
    restart(Fixture.make().source(CredentialsSource.of(Credentials.of("tester", "wr0ng"))));
    assertThatThrownBy(() -> put(SMALL))
        .hasMessageContaining("SignatureDoesNotMatch")
        .hasMessageNotContaining("wr0ng");
  }

  @Test
  void bytesThatChangeBetweenReadsAreNotStored() throws Exception {
    restart(Fixture.make().capabilities(StoreCapabilities.COMMON));
    Body failing =
        new Body() {
          @Override
          public long size() {
            return LARGE.length;
          }

          @Override
          public void read(long position, ByteBuffer target) {
            target.put(LARGE, Math.toIntExact(position), target.remaining());
            if (position > 0) {
              target.put(target.position() - 1, (byte) (target.get(target.position() - 1) + 1));
            }
          }
        };
    Checksum crc = Checksum.ofCrc32c(Checksum.of(LARGE).crc32c());
    assertTrouble(() -> all.store.put(BUCKET, KEY, PLAIN, failing, crc), Trouble.DAMAGED);
    assertThat(all.memory.keys(BUCKET)).isEmpty();
  }

  @Test
  void aBodyThatGivesTooLittleIsTheSourcesFault() {
    Body shortBody =
        new Body() {
          @Override
          public long size() {
            return 100;
          }

          @Override
          public void read(long position, ByteBuffer target) {
            target.put((byte) 1);
          }
        };
    assertTrouble(
        () -> all.store.put(BUCKET, KEY, PLAIN, shortBody, Checksum.of(SMALL)), Trouble.SOURCE);
    assertTrouble(
        () -> all.store.put(BUCKET, KEY, PLAIN, shortBody, Checksum.NONE), Trouble.SOURCE);
  }

  @Test
  void aHeaderThatWouldBreakTheRequestIsRefused() {
    Headers bad = Headers.ofType("text/plain\u0000");
    assertTrouble(
        () -> all.store.put(BUCKET, KEY, bad, Body.of(SMALL), Checksum.NONE), Trouble.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage\r\n\r\n",
        "HTTP/1.1 999 odd\r\n\r\n",
        "HTTP/1.1 200 ok\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 ok\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 ok\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 ok\r\nContent-Length: 9999999999999\r\n\r\n",
        "HTTP/1.1 200 ok\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 ok\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 ok\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 ok\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 ok\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        "HTTP/1.1 200 ok\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff\r\n",
        "HTTP/1.1 200 ok\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n",
        "HTTP/1.1 200 ok\r\nContent-Length: 10\r\n\r\nshort"
      })
  void anAnswerThatIsNoneIsUnavailable(String answer) {
    all.server.follow(HttpFaultPlan.always(new HttpFault.Raw(answer)));
    assertTrouble(() -> all.store.list(BUCKET, "", ""), Trouble.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void anAnswerWithoutEndIsCutOff(int kind) throws Exception {
    restart(Fixture.make().limits(impatient()));
    String endless =
        switch (kind) {
          case 0 -> "HTTP/1.1 200 " + "x".repeat(5_000_000);
          case 1 -> "HTTP/1.1 200 ok\r\n" + "name: value\r\n".repeat(500_000);
          case 2 -> "HTTP/1.1 100 on\r\n\r\n".repeat(500_000);
          case 3 -> "HTTP/1.1 200 ok\r\n\r\n" + "x".repeat(9_000_000);
          default ->
              "HTTP/1.1 200 ok\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "4\r\nabcd\r\n".repeat(2_200_000);
        };
    all.server.follow(HttpFaultPlan.always(new HttpFault.Raw(endless)));
    assertTrouble(() -> all.store.list(BUCKET, "", ""), Trouble.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not xml",
        "<html>maintenance</html>",
        "<ListBucketResult><Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Key>a</Key><Size>x</Size></Contents></ListBucketResult>",
        "<ListBucketResult><Contents><Key></Key><Size>1</Size></Contents></ListBucketResult>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><ListBucketResult/>"
      })
  void aGoodStatusWithAnotherDocumentIsRefused(String document) {
    all.server.follow(
        HttpFaultPlan.always(
            new HttpFault.Raw(
                "HTTP/1.1 200 ok\r\nContent-Length: "
                    + document.length()
                    + "\r\n\r\n"
                    + document)));
    assertTrouble(() -> all.store.list(BUCKET, "", ""), Trouble.REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "'', d c, false",
    "'', c c, false",
    "'', b/a, false",
    "'', a, false",
    "b/, k, false",
    "'', '', true"
  })
  void aListingThatIsNotWhatWasAskedForIsRefused(String prefix, String keys, boolean more) {
    StringBuilder document = new StringBuilder("<ListBucketResult>");
    for (String key : keys.isEmpty() ? new String[0] : keys.split(" ", -1)) {
      document.append("<Contents><Key>").append(key).append("</Key><Size>1</Size></Contents>");
    }
    document.append("<IsTruncated>").append(more).append("</IsTruncated></ListBucketResult>");
    all.server.follow(
        HttpFaultPlan.always(
            new HttpFault.Raw(
                "HTTP/1.1 200 ok\r\nContent-Length: "
                    + document.length()
                    + "\r\n\r\n"
                    + document)));
    assertTrouble(() -> all.store.list(BUCKET, prefix, "b/a"), Trouble.REFUSED);
  }

  @Test
  void headersMayHoldAnyLetter() throws Exception {
    Headers german =
        new Headers(
            "text/plain",
            "",
            "",
            "attachment; filename=\"ü ß.txt\"",
            "",
            "",
            Map.of("who", "Jürgen"),
            "",
            "");
    all.store.put(BUCKET, KEY, german, Body.of(SMALL), Checksum.NONE);
    assertThat(all.store.headers(BUCKET, KEY)).hasValue(german);
  }

  @Test
  void aStoreThatDoesNotKnowRangesIsRefused() throws Exception {
    put(SMALL);
    all.server.follow(
        HttpFaultPlan.always(
            new HttpFault.Raw(
                "HTTP/1.1 200 ok\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(1000))));
    ByteBuffer target = ByteBuffer.allocate(10);
    assertTrouble(() -> all.store.read(BUCKET, KEY, "", 5, target), Trouble.REFUSED);
    assertTrouble(() -> all.store.read(BUCKET, KEY, "", 0, target), Trouble.REFUSED);
    assertThat(target.position()).isZero();
  }

  @Test
  void anotherRangeThanAskedForIsRefused() throws Exception {
    all.server.follow(
        HttpFaultPlan.always(
            new HttpFault.Raw(
                "HTTP/1.1 206 ok\r\nContent-Length: 10\r\nContent-Range: bytes 0-9/100\r\n\r\n"
                    + "0123456789")));
    assertTrouble(
        () -> all.store.read(BUCKET, KEY, "", 5, ByteBuffer.allocate(10)), Trouble.REFUSED);
  }

  private static void assertTrouble(ThrowingCallable call, Trouble expected) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, thrown -> assertThat(thrown.trouble()).isEqualTo(expected));
  }

  private static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
