package org.diskferry.store.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.KeyForm;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.ObjectStore.Page;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.PendingUpload;
import org.diskferry.store.ObjectStore.Stored;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreCapabilities.Crc32c;
import org.diskferry.store.StoreCapabilities.Digest;
import org.diskferry.store.StoreCapabilities.Promise;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.StoredObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every [ObjectStore] holds. A class that extends it says which store, and which bucket.
public abstract class ObjectStoreContract {
  private static final Headers PLAIN = Headers.ofType("application/octet-stream");
  private static final int LEAST_PART = 5 << 20;

  /// The store under test.
  protected abstract ObjectStore store();

  /// A bucket of the store, empty when the test begins.
  protected abstract BucketName bucket();

  /// The region of that bucket.
  protected abstract String region();

  /// What the store can do beyond the common ground: what it cannot is asked here, and nowhere by
  /// the store's name.
  protected abstract StoreCapabilities capabilities();

  private final BucketName nowhere = new BucketName("nobody-made-this-bucket");

  @AfterEach
  void noInterruptIsLeftBehind() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aBucketHasItsRegion() throws Exception {
    assertThat(store().region(bucket())).isEqualTo(region());
  }

  @Test
  void everyCallKnowsABucketThatIsNotThere() {
    ObjectKey key = new ObjectKey("key");
    UploadId upload = new UploadId("upload");
    Body body = Body.of(bytes(10, 1));
    Part part = new Part(1, "e".repeat(32), 10, "");
    List<ThrowingCallable> calls =
        List.of(
            () -> store().region(nowhere),
            () -> store().put(nowhere, key, PLAIN, body, Checksum.NONE),
            () -> store().list(nowhere, "", ""),
            () -> store().read(nowhere, key, "", 0, ByteBuffer.allocate(1)));
    calls.forEach(call -> assertTrouble(call, Trouble.NO_SUCH_BUCKET));
    if (capabilities().keeps(Promise.KNOWS_BUCKETS)) {
      assertTrouble(() -> store().begin(nowhere, key, PLAIN), Trouble.NO_SUCH_BUCKET);
      assertTrouble(() -> store().uploads(nowhere, ""), Trouble.NO_SUCH_BUCKET);
    }
    // These two may be told of the upload before the bucket.
    assertThatThrownBy(() -> store().part(nowhere, key, upload, 1, body, Checksum.NONE))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store().complete(nowhere, key, upload, List.of(part)))
        .isInstanceOf(StoreException.class);
  }

  @ParameterizedTest
  @MethodSource("oddKeys")
  void aKeyComesBackAsItWasStored(String text) throws Exception {
    ObjectKey key = new ObjectKey(text);
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    if (!capabilities().holds(key)) {
      // It would come back as another key, or not at all: then it must not be taken either.
      assertTrouble(
          () -> store().put(bucket(), key, PLAIN, Body.of(content), Checksum.of(content)),
          Trouble.REFUSED);
      assertTrouble(() -> store().begin(bucket(), key, PLAIN), Trouble.REFUSED);
      return;
    }
    store().put(bucket(), key, PLAIN, Body.of(content), Checksum.of(content));
    assertThat(store().list(bucket(), "", "").objects())
        .extracting(StoredObject::key)
        .containsExactly(key);
    assertThat(store().head(bucket(), key).orElseThrow().key()).isEqualTo(key);
    assertThat(fetch(key, content.length)).isEqualTo(content);
    assertThat(store().list(bucket(), text, "").objects()).hasSize(1);
    assertThat(store().list(bucket(), "", text).objects()).isEmpty();
    store().delete(bucket(), key);
    assertThat(store().list(bucket(), "", "").objects()).isEmpty();
  }

  static Stream<String> oddKeys() {
    return Stream.of(
        "a",
        "a/b",
        "a//b",
        "a/./b",
        "a/../b",
        "..",
        ".",
        "../up",
        "/lead",
        "//",
        "trail/",
        "/",
        " blank before",
        "blank after ",
        "two  blanks",
        "é/ñ",
        "e\u0301",
        "%2F",
        "a%20b",
        "%zz",
        "a+b",
        "a\\b",
        "emoji \uD83D\uDE00",
        "\uFFFD",
        "line\nend",
        "return\rit",
        "tab\t",
        "\u0001\u001f\u007f",
        "&<>\"'",
        "]]>",
        "?query=1",
        "#hash",
        "a;b=c:d@e,f!g$h(i)*j",
        "~^`{|}",
        "x".repeat(ObjectKey.LONGEST),
        "\u00e9".repeat(ObjectKey.LONGEST / 2));
  }

  @Test
  void aKeyThatIsAlsoAFolderIsNoTrouble() throws Exception {
    if (!capabilities().keys().containsAll(Set.of(KeyForm.ALSO_FOLDER, KeyForm.TRAILING_SLASH))) {
      return;
    }
    for (String text : List.of("dir", "dir/", "dir/file", "dir/file/")) {
      byte[] content = bytes(7, text.hashCode());
      store().put(bucket(), new ObjectKey(text), PLAIN, Body.of(content), Checksum.of(content));
    }
    for (String text : List.of("dir", "dir/", "dir/file", "dir/file/")) {
      assertThat(fetch(new ObjectKey(text), 7)).isEqualTo(bytes(7, text.hashCode()));
    }
  }

  @Test
  void whatIsStoredIsToldAndGivenBack() throws Exception {
    byte[] content = bytes(300_000, 2);
    ObjectKey key = new ObjectKey("some/file");
    Stored stored = store().put(bucket(), key, PLAIN, Body.of(content), Checksum.of(content));
    assertThat(stored.etag()).isEqualTo(Checksum.of(content).md5());
    assertThat(stored.verified())
        .isEqualTo(capabilities().comparesCrc32c() || capabilities().compares(Digest.MD5));
    StoredObject told = store().head(bucket(), key).orElseThrow();
    assertThat(told.size()).isEqualTo(content.length);
    assertThat(told.etag()).isEqualTo(stored.etag());
    assertThat(told.modified().getEpochSecond()).isPositive();
    if (capabilities().comparesCrc32c()) {
      assertThat(told.crc32c()).isEqualTo(Checksum.base64(Checksum.of(content).crc32c()));
    }
    assertThat(fetch(key, content.length)).isEqualTo(content);
    ByteBuffer middle = ByteBuffer.allocateDirect(1000);
    Headers beside = store().read(bucket(), key, stored.etag(), 123_456, middle);
    assertThat(beside).isEqualTo(store().headers(bucket(), key).orElseThrow());
    byte[] read = new byte[1000];
    middle.flip().get(read);
    assertThat(read).isEqualTo(Arrays.copyOfRange(content, 123_456, 124_456));
  }

  @Test
  void anObjectMayBeEmpty() throws Exception {
    ObjectKey key = new ObjectKey("empty");
    byte[] nothing = new byte[0];
    Stored stored = store().put(bucket(), key, PLAIN, Body.of(nothing), Checksum.of(nothing));
    assertThat(stored.etag()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    assertThat(store().head(bucket(), key).orElseThrow().size()).isZero();
    assertThat(store().read(bucket(), key, stored.etag(), 0, ByteBuffer.allocate(0)))
        .isEqualTo(store().headers(bucket(), key).orElseThrow());
  }

  @Test
  void aBodyWhoseChecksumIsNotKnownIsStoredToo() throws Exception {
    byte[] content = bytes(2 << 20, 3);
    ObjectKey key = new ObjectKey("unknown");
    Stored stored = store().put(bucket(), key, PLAIN, Body.of(content), Checksum.NONE);
    assertThat(stored.etag()).isEqualTo(Checksum.of(content).md5());
    assertThat(fetch(key, content.length)).isEqualTo(content);
  }

  @Test
  void theLastPutCounts() throws Exception {
    ObjectKey key = new ObjectKey("twice");
    store().put(bucket(), key, PLAIN, Body.of(bytes(10, 4)), Checksum.NONE);
    store().put(bucket(), key, PLAIN, Body.of(bytes(20, 5)), Checksum.NONE);
    assertThat(fetch(key, 20)).isEqualTo(bytes(20, 5));
    assertThat(store().list(bucket(), "", "").objects()).hasSize(1);
  }

  @Test
  void headersAndMetadataAreKept() throws Exception {
    Headers given =
        new Headers(
            "text/plain",
            "gzip",
            "max-age=3600",
            "attachment; filename=\"a b.txt\"",
            "de, en",
            capabilities().keeps(Promise.KEEPS_EXPIRES) ? "Thu, 01 Dec 2033 16:00:00 GMT" : "",
            Map.of("owner", "Jane Doe", "x-two", "1"),
            "private",
            "STANDARD");
    ObjectKey key = new ObjectKey("with headers");
    store().put(bucket(), key, given, Body.of(bytes(5, 6)), Checksum.NONE);
    assertThat(store().headers(bucket(), key)).hasValue(asTold(given));
    ObjectKey parts = new ObjectKey("with headers, of parts");
    UploadId upload = store().begin(bucket(), parts, given);
    Part part = part(parts, upload, 1, bytes(5, 6));
    store().complete(bucket(), parts, upload, List.of(part));
    assertThat(store().headers(bucket(), parts)).hasValue(asTold(given));
  }

  private static Headers asTold(Headers given) {
    return new Headers(
        given.contentType(),
        given.contentEncoding(),
        given.cacheControl(),
        given.contentDisposition(),
        given.contentLanguage(),
        given.expires(),
        given.metadata(),
        "",
        "");
  }

  @Test
  void whatIsNotThereIsEmptyAndDeletingItIsFine() throws Exception {
    ObjectKey key = new ObjectKey("missing");
    assertThat(store().head(bucket(), key)).isEmpty();
    assertThat(store().headers(bucket(), key)).isEmpty();
    store().delete(bucket(), key);
    assertTrouble(
        () -> store().read(bucket(), key, "", 0, ByteBuffer.allocate(1)), Trouble.NO_SUCH_KEY);
  }

  @Test
  void anObjectThatWasReplacedIsNotReadForTheOther() throws Exception {
    ObjectKey key = new ObjectKey("replaced");
    Stored first = store().put(bucket(), key, PLAIN, Body.of(bytes(10, 7)), Checksum.NONE);
    store().put(bucket(), key, PLAIN, Body.of(bytes(10, 8)), Checksum.NONE);
    assertTrouble(
        () -> store().read(bucket(), key, first.etag(), 0, ByteBuffer.allocate(10)),
        Trouble.PRECONDITION);
  }

  @Test
  void aRangeOutsideTheObjectIsRefused() throws Exception {
    ObjectKey key = new ObjectKey("ten bytes");
    store().put(bucket(), key, PLAIN, Body.of(bytes(10, 9)), Checksum.NONE);
    assertTrouble(
        () -> store().read(bucket(), key, "", 10, ByteBuffer.allocate(1)), Trouble.REFUSED);
    assertTrouble(
        () -> store().read(bucket(), key, "", 5, ByteBuffer.allocate(6)), Trouble.REFUSED);
  }

  @Test
  void bytesThatDoNotHashToWhatWasSaidAreNotStored() throws Exception {
    if (!capabilities().compares(Digest.MD5)) {
      return;
    }
    ObjectKey key = new ObjectKey("damaged");
    byte[] content = bytes(100_000, 10);
    byte[] other = bytes(100_000, 11);
    assertTrouble(
        () -> store().put(bucket(), key, PLAIN, Body.of(content), Checksum.of(other)),
        Trouble.DAMAGED);
    Checksum md5 = new Checksum(-1, Checksum.of(other).md5());
    assertTrouble(() -> store().put(bucket(), key, PLAIN, Body.of(content), md5), Trouble.DAMAGED);
    if (capabilities().comparesCrc32c()) {
      Checksum crc = Checksum.ofCrc32c(Checksum.of(other).crc32c());
      assertTrouble(
          () -> store().put(bucket(), key, PLAIN, Body.of(content), crc), Trouble.DAMAGED);
    }
    assertThat(store().head(bucket(), key)).isEmpty();
    UploadId upload = store().begin(bucket(), key, PLAIN);
    assertTrouble(
        () -> store().part(bucket(), key, upload, 1, Body.of(content), Checksum.of(other)),
        Trouble.DAMAGED);
    store().abort(bucket(), key, upload);
  }

  @Test
  void aSourceThatFailsIsNotTheStoresFault() throws Exception {
    ObjectKey key = new ObjectKey("half");
    byte[] content = bytes(3 << 20, 12);
    Body failing =
        new Body() {
          @Override
          public long size() {
            return content.length;
          }

          @Override
          public void read(long position, ByteBuffer target) throws IOException {
            if (position + target.remaining() > 2 << 20) {
              throw new IOException("sector 4096: unreadable");
            }
            target.put(content, Math.toIntExact(position), target.remaining());
          }
        };
    StoreException thrown =
        assertThrows(
            StoreException.class, () -> store().put(bucket(), key, PLAIN, failing, Checksum.NONE));
    assertThat(thrown.trouble()).isEqualTo(Trouble.SOURCE);
    assertThat(thrown).hasRootCauseMessage("sector 4096: unreadable");
    assertThat(store().head(bucket(), key)).isEmpty();
  }

  @Test
  void aListingHasPagesInTheOrderOfUtf8() throws Exception {
    List<ObjectKey> keys = new ArrayList<>();
    for (int i = 0; i < 1005; i++) {
      keys.add(new ObjectKey("many/" + i));
    }
    // In UTF-16 these two stand the other way round.
    keys.add(new ObjectKey("many/\uFF5E"));
    if (capabilities().keeps(Promise.LISTS_IN_UTF8_ORDER)) {
      keys.add(new ObjectKey("many/\uD83D\uDE00"));
    }
    keys.add(new ObjectKey("man"));
    keys.add(new ObjectKey("manz"));
    byte[] content = bytes(3, 13);
    together(
        keys.stream()
            .map(key ->
                (Callable<Stored>)
                    () -> store().put(bucket(), key, PLAIN, Body.of(content), Checksum.of(content)))
            .toList());
    keys.sort(null);
    assertThat(listing("")).isEqualTo(keys);
    assertThat(listing("many/"))
        .isEqualTo(keys.stream().filter(key -> key.value().startsWith("many/")).toList());
    Page first = store().list(bucket(), "", "");
    assertThat(first.objects()).hasSize(1000);
    assertThat(first.more()).isTrue();
    assertThat(store().list(bucket(), "many/", "man").objects().getFirst().key())
        .isEqualTo(new ObjectKey("many/0"));
    assertThat(store().list(bucket(), "many/", "manz").objects()).isEmpty();
  }

  private List<ObjectKey> listing(String prefix) throws StoreException {
    List<ObjectKey> found = new ArrayList<>();
    String after = "";
    while (true) {
      Page page = store().list(bucket(), prefix, after);
      page.objects().forEach(object -> found.add(object.key()));
      if (!page.more()) {
        return found;
      }
      after = found.getLast().value();
    }
  }

  @Test
  void partsMayComeInAnyOrderAndTwice() throws Exception {
    byte[] first = bytes(LEAST_PART, 14);
    byte[] second = bytes(LEAST_PART + 1, 15);
    byte[] last = bytes(100, 16);
    ObjectKey key = new ObjectKey("of/parts");
    UploadId upload = store().begin(bucket(), key, PLAIN);
    assertThat(store().head(bucket(), key)).isEmpty();
    Part three = part(key, upload, 3, last);
    part(key, upload, 1, second);
    Part two = part(key, upload, 2, second);
    Part one = part(key, upload, 1, first);
    Stored stored = store().complete(bucket(), key, upload, List.of(one, two, three));
    assertThat(stored.etag()).isEqualTo(Digests.etag(List.of(first, second, last)));
    byte[] whole = join(first, second, last);
    StoredObject told = store().head(bucket(), key).orElseThrow();
    assertThat(told.size()).isEqualTo(whole.length);
    assertThat(told.etag()).isEqualTo(stored.etag());
    if (capabilities().crc32c() == Crc32c.WHOLE) {
      assertThat(told.crc32c()).isEqualTo(Checksum.base64(Checksum.of(whole).crc32c()));
    } else {
      assertThat(told.crc32c()).isEmpty();
    }
    assertThat(fetch(key, whole.length)).isEqualTo(whole);
  }

  @Test
  void aPartSaysWhatWasStored() throws Exception {
    byte[] content = bytes(1000, 17);
    ObjectKey key = new ObjectKey("one part");
    UploadId upload = store().begin(bucket(), key, PLAIN);
    Part part = part(key, upload, 7, content);
    assertThat(part.number()).isEqualTo(7);
    assertThat(part.size()).isEqualTo(1000);
    assertThat(part.etag()).isEqualTo(Checksum.of(content).md5());
    if (capabilities().comparesCrc32c()) {
      assertThat(part.crc32c()).isEqualTo(Checksum.base64(Checksum.of(content).crc32c()));
    }
    store().abort(bucket(), key, upload);
  }

  @Test
  void completingAgainAnswersAsTheFirstTime() throws Exception {
    ObjectKey key = new ObjectKey("completed twice");
    UploadId upload = store().begin(bucket(), key, PLAIN);
    List<Part> parts = List.of(part(key, upload, 1, bytes(50, 18)));
    Stored first = store().complete(bucket(), key, upload, parts);
    assertThat(store().complete(bucket(), key, upload, parts).etag()).isEqualTo(first.etag());
    store().abort(bucket(), key, upload);
    assertThat(fetch(key, 50)).isEqualTo(bytes(50, 18));
  }

  @Test
  void anUploadThatIsNotThereTakesNothing() throws Exception {
    ObjectKey key = new ObjectKey("aborted");
    UploadId upload = store().begin(bucket(), key, PLAIN);
    Part part = part(key, upload, 1, bytes(50, 19));
    assertThat(store().uploads(bucket(), "abo")).containsExactly(new PendingUpload(key, upload));
    assertThat(store().uploads(bucket(), "abq")).isEmpty();
    store().abort(bucket(), key, upload);
    store().abort(bucket(), key, upload);
    assertThat(store().uploads(bucket(), "")).isEmpty();
    if (capabilities().keeps(Promise.KNOWS_UPLOADS)) {
      assertTrouble(() -> part(key, upload, 2, bytes(50, 20)), Trouble.NO_SUCH_UPLOAD);
    }
    assertTrouble(
        () -> store().complete(bucket(), key, upload, List.of(part)), Trouble.NO_SUCH_UPLOAD);
    assertThat(store().head(bucket(), key)).isEmpty();
  }

  @Test
  void severalUploadsOfOneKeyAreToldApart() throws Exception {
    ObjectKey odd = new ObjectKey("odd key/ü +%&<\u0002");
    ObjectKey key = capabilities().holds(odd) ? odd : new ObjectKey("plain key");
    UploadId one = store().begin(bucket(), key, PLAIN);
    UploadId two = store().begin(bucket(), key, PLAIN);
    assertThat(store().uploads(bucket(), ""))
        .containsExactlyInAnyOrder(new PendingUpload(key, one), new PendingUpload(key, two));
    store().abort(bucket(), key, one);
    assertThat(store().uploads(bucket(), "")).containsExactly(new PendingUpload(key, two));
    store().abort(bucket(), key, two);
  }

  @Test
  void aPartThatWasNotStoredCannotBeCompleted() throws Exception {
    ObjectKey key = new ObjectKey("wrong parts");
    UploadId upload = store().begin(bucket(), key, PLAIN);
    Part part = part(key, upload, 1, bytes(50, 21));
    Part never = new Part(2, "f".repeat(32), 50, part.crc32c());
    assertTrouble(
        () -> store().complete(bucket(), key, upload, List.of(part, never)), Trouble.REFUSED);
    assertThat(store().head(bucket(), key)).isEmpty();
    store().abort(bucket(), key, upload);
  }

  @Test
  void aSmallPartBeforeTheLastIsRefused() throws Exception {
    ObjectKey key = new ObjectKey("small parts");
    UploadId upload = store().begin(bucket(), key, PLAIN);
    Part one = part(key, upload, 1, bytes(50, 22));
    Part two = part(key, upload, 2, bytes(50, 23));
    assertTrouble(
        () -> store().complete(bucket(), key, upload, List.of(one, two)), Trouble.REFUSED);
    store().abort(bucket(), key, upload);
  }

  @Test
  void manyThreadsMayCallAtOnce() throws Exception {
    List<Callable<byte[]>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      int seed = i;
      calls.add(() -> {
        byte[] content = bytes(10_000 + seed, seed);
        ObjectKey key = new ObjectKey("together/" + seed);
        store().put(bucket(), key, PLAIN, Body.of(content), Checksum.of(content));
        return fetch(key, content.length);
      });
    }
    List<byte[]> results = together(calls);
    for (int i = 0; i < 64; i++) {
      assertThat(results.get(i)).isEqualTo(bytes(10_000 + i, i));
    }
  }

  @Test
  void anInterruptedThreadGetsNothingDone() {
    ObjectKey key = new ObjectKey("interrupted");
    Thread.currentThread().interrupt();
    assertTrouble(
        () -> store().put(bucket(), key, PLAIN, Body.of(bytes(10, 24)), Checksum.NONE),
        Trouble.UNAVAILABLE);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertTrouble(() -> store().list(bucket(), "", ""), Trouble.UNAVAILABLE);
    assertThat(Thread.interrupted()).isTrue();
  }

  private Part part(ObjectKey key, UploadId upload, int number, byte[] content)
      throws StoreException {
    return store().part(bucket(), key, upload, number, Body.of(content), Checksum.of(content));
  }

  private byte[] fetch(ObjectKey key, int size) throws StoreException {
    ByteBuffer target = ByteBuffer.allocate(size);
    store().read(bucket(), key, "", 0, target);
    assertThat(target.hasRemaining()).isFalse();
    return target.array();
  }

  private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
      return results;
    }
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

  private static byte[] join(byte[]... parts) {
    ByteBuffer whole = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    Arrays.stream(parts).forEach(whole::put);
    return whole.array();
  }
}
