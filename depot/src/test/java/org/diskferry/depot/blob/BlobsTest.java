package org.diskferry.depot.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.diskferry.access.AccountId;
import org.diskferry.depot.acl.Acl;
import org.diskferry.depot.blob.BlobException.Trouble;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.BucketName;
import org.diskferry.depot.index.Condition;
import org.diskferry.depot.index.Deletion;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.Headers;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.ObjectKey;
import org.diskferry.depot.index.Piece;
import org.diskferry.depot.index.Rejected;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTest {
  private static final AccountId OWNER = new AccountId("111111111111");
  private static final int LARGE = Blobs.SMALL + 300_000;

  @TempDir Path temporary;
  private TestDatabase database;
  private Path root;
  private Index index;
  private FaultyDisk disk;
  private Bucket bucket;
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private Blobs blobs;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.create();
    index = Index.open(database.dataSource());
    bucket = index.buckets().create(new BucketName("bucket"), OWNER, "r", Acl.owned(OWNER), now);
    root = temporary.resolve("depot");
    disk = new FaultyDisk(root);
    blobs = Blobs.open(root, disk, index.ledger(), () -> now, 0);
  }

  @AfterEach
  void close() throws Exception {
    blobs.close();
    database.close();
  }

  @Test
  void smallAndLargeBlobsComeBack() throws Exception {
    for (int length : new int[] {1, ChunkSums.CHUNK, ChunkSums.CHUNK + 1, Blobs.SMALL, LARGE}) {
      byte[] bytes = bytes(length);
      put("key" + length, bytes);
      assertThat(read("key" + length)).isEqualTo(bytes);
    }
  }

  @Test
  void aBodyThatEndsEarlyOrGoesOnLeavesNothing() throws Exception {
    for (int length : new int[] {1000, LARGE}) {
      assertThatThrownBy(() -> blobs.stage(length + 1, stream(bytes(length))))
          .isInstanceOf(EOFException.class);
      assertThatThrownBy(() -> blobs.stage(length - 1, stream(bytes(length))))
          .hasMessageContaining("goes on");
    }
    assertThat(looseFiles()).isEmpty();
  }

  @Test
  void afterAFailedSyncNothingIsWrittenAndEverythingIsRead() throws Exception {
    put("before", bytes(1000));
    disk.failAll("sync", "Input/output error");
    assertThatThrownBy(() -> put("small", bytes(10))).satisfies(e -> isTrouble(e, Trouble.FAILED));
    disk.failAll("", "");
    assertThatThrownBy(() -> put("small", bytes(10)))
        .satisfies(e -> isTrouble(e, Trouble.FAILED))
        .hasMessageContaining("until it is started again");
    assertThatThrownBy(() -> put("large", bytes(LARGE)))
        .satisfies(e -> isTrouble(e, Trouble.FAILED));
    assertThat(blobs.failure()).contains("Input/output error");
    assertThat(read("before")).isEqualTo(bytes(1000));
    reopen();
    put("small", bytes(10));
    assertThat(read("small")).isEqualTo(bytes(10));
  }

  @Test
  void aFullDiskRefusesOneBlobAndHurtsNoOther() throws Exception {
    put("before", bytes(1000));
    disk.failAll("append", "No space left on device");
    assertThatThrownBy(() -> put("small", bytes(10))).satisfies(e -> isTrouble(e, Trouble.FULL));
    assertThatThrownBy(() -> put("large", bytes(LARGE))).satisfies(e -> isTrouble(e, Trouble.FULL));
    assertThat(looseFiles()).isEmpty();
    disk.failAll("", "");
    put("after", bytes(2000));
    assertThat(read("before")).isEqualTo(bytes(1000));
    assertThat(read("after")).isEqualTo(bytes(2000));
  }

  @Test
  void aReserveIsKeptFree() throws Exception {
    blobs.close();
    blobs = Blobs.open(root, disk, index.ledger(), () -> now, Long.MAX_VALUE / 2);
    assertThatThrownBy(() -> put("key", bytes(1))).satisfies(e -> isTrouble(e, Trouble.FULL));
  }

  /// Fails the first call, the second, and so on, until a run is clean.
  @Test
  void whateverCallFailsWhatWasAcknowledgedIsThere() throws Exception {
    Map<String, byte[]> acknowledged = new TreeMap<>();
    int call = 0;
    do {
      call++;
      disk.failAt(call);
      for (String key : List.of("a", "b", "c")) {
        byte[] bytes = bytes(key.equals("b") ? LARGE : 1000 + call);
        try {
          put(key, bytes);
          acknowledged.put(key, bytes);
        } catch (IOException e) {
          assertThat(e).isInstanceOf(IOException.class);
        }
      }
      boolean clean = disk.calls() < call;
      disk.failAt(0);
      reopen();
      for (Map.Entry<String, byte[]> each : acknowledged.entrySet()) {
        assertThat(read(each.getKey()))
            .as("%s after call %d", each.getKey(), call)
            .isEqualTo(each.getValue());
      }
      if (clean) {
        break;
      }
    } while (call < 100);
    assertThat(call).isBetween(8, 99);
  }

  @Test
  void whatTheLedgerDoesNotKnowIsRemovedAtTheStart() throws Exception {
    put("small", bytes(1000));
    put("large", bytes(LARGE));
    Staged small = blobs.stage(500, stream(bytes(500)));
    Staged large = blobs.stage(LARGE, stream(bytes(LARGE)));
    Files.writeString(root.resolve("incoming").resolve("unfinished"), "x");
    Path unknown = path(large.location());
    assertThat(unknown).exists();
    reopen();
    assertThat(unknown).doesNotExist();
    assertThat(root.resolve("incoming")).isEmptyDirectory();
    assertThat(path(small.location())).hasSize(1000);
    assertThat(read("small")).isEqualTo(bytes(1000));
    assertThat(read("large")).isEqualTo(bytes(LARGE));
  }

  @Test
  void aDirectoryOfAnotherIndexIsNotTouched() throws Exception {
    put("large", bytes(LARGE));
    blobs.close();
    try (TestDatabase other = TestDatabase.create()) {
      Index foreign = Index.open(other.dataSource());
      foreign.ledger().identify(UUID.randomUUID());
      assertThatThrownBy(() -> Blobs.open(root, foreign.ledger(), () -> now, 0))
          .hasMessageContaining("do not belong together");
    }
    blobs = Blobs.open(root, disk, index.ledger(), () -> now, 0);
    assertThat(read("large")).isEqualTo(bytes(LARGE));
  }

  @Test
  void aFreshDirectoryIsNotTakenForThatOfTheIndex() throws Exception {
    assertThatThrownBy(() -> Blobs.open(temporary.resolve("wrong"), index.ledger(), () -> now, 0))
        .hasMessageContaining("do not belong together");
  }

  @Test
  void aDirectoryIsOpenedOnce() {
    assertThatThrownBy(() -> Blobs.open(root, index.ledger(), () -> now, 0))
        .hasMessageContaining("in use");
  }

  @Test
  void aFlippedByteIsNeitherHandedOutNorOverlooked() throws Exception {
    put("small", bytes(1000));
    put("large", bytes(LARGE));
    put("sound", bytes(2000));
    flip("small", 7);
    flip("large", LARGE - 1);
    assertThatThrownBy(() -> read("small")).satisfies(e -> isTrouble(e, Trouble.DAMAGED));
    assertThatThrownBy(() -> read("large")).satisfies(e -> isTrouble(e, Trouble.DAMAGED));
    assertThat(read("sound")).isEqualTo(bytes(2000));
    List<Scrub.Damage> damage = new ArrayList<>();
    Scrub.Report report = blobs.scrub(damage::add);
    assertThat(report).isEqualTo(new Scrub.Report(3, 3000 + LARGE, 2));
    assertThat(damage.stream().flatMap(each -> each.owners().stream()))
        .containsExactlyInAnyOrder("bucket/small", "bucket/large");
  }

  @Test
  void aMissingFileIsDamage() throws Exception {
    put("large", bytes(LARGE));
    Files.delete(path(location("large")));
    assertThatThrownBy(() -> read("large")).satisfies(e -> isTrouble(e, Trouble.DAMAGED));
    assertThat(blobs.scrub(damage -> {}).damaged()).isEqualTo(1);
  }

  @Test
  void whatWasDeletedIsUnlinkedAfterAWhile() throws Exception {
    put("large", bytes(LARGE));
    Path file = path(location("large"));
    index.objects().delete(bucket, deletion("large"), now);
    blobs.collector().unlink();
    assertThat(file).exists();
    reopen();
    assertThat(file).exists();
    now = now.plus(Duration.ofMinutes(16));
    try (Readers.Reader _ = blobs.readers().begin()) {
      now = now.plus(Duration.ofMinutes(1));
      index.ledger().discard(UUID.randomUUID(), false, now);
      assertThat(blobs.collector().unlink()).isEqualTo(1);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aReaderThatBeganBeforeKeepsTheFile() throws Exception {
    put("large", bytes(LARGE));
    Path file = path(location("large"));
    try (Readers.Reader _ = blobs.readers().begin()) {
      now = now.plusSeconds(1);
      index.objects().delete(bucket, deletion("large"), now);
      now = now.plus(Duration.ofHours(1));
      assertThat(blobs.collector().unlink()).isZero();
      assertThat(file).exists();
    }
    assertThat(blobs.collector().unlink()).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void aHalfDeadPackIsWrittenAnew() throws Exception {
    put("dead", bytes(Blobs.SMALL));
    put("alive", bytes(1000));
    reopen();
    Path old = path(location("alive"));
    index.objects().delete(bucket, deletion("dead"), now);
    blobs.collector().compact();
    assertThat(path(location("alive"))).isNotEqualTo(old);
    assertThat(read("alive")).isEqualTo(bytes(1000));
    now = now.plus(Duration.ofHours(1));
    blobs.collector().unlink();
    assertThat(old).doesNotExist();
    assertThat(read("alive")).isEqualTo(bytes(1000));
  }

  @Test
  void manyWritersShareASync() throws Exception {
    put("first", bytes(1));
    disk.failAt(0);
    List<Thread> writers = new ArrayList<>();
    List<Staged> staged = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 200; i++) {
      writers.add(Thread.ofVirtual().start(() -> staged.add(stage(bytes(100)))));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    // One call to append each, so what is over is syncs.
    assertThat(disk.calls() - 200).isLessThan(150);
    for (Staged each : staged) {
      try (BlobReader reader = blobs.open(each.location(), each.sums())) {
        assertThat(reader.next(0, 100)).isEqualTo(ByteBuffer.wrap(bytes(100)));
      }
    }
    assertThat(staged).hasSize(200);
  }

  private Staged stage(byte[] bytes) {
    try {
      return blobs.stage(bytes.length, stream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String key, byte[] bytes) throws IOException, Rejected {
    Facts facts =
        new Facts(
            OWNER, bytes.length, "etag", now, "STANDARD", Acl.owned(OWNER), Headers.NONE, 0, "");
    try (Staged staged = blobs.stage(bytes.length, stream(bytes))) {
      index.objects().put(bucket, ObjectKey.of(key), facts, staged, new Condition.Always());
    }
  }

  private byte[] read(String key) throws IOException {
    Ledger.Blob blob = blob(key);
    ByteBuffer all = ByteBuffer.allocate((int) blob.location().length());
    try (BlobReader reader = blobs.open(blob.location(), blob.sums())) {
      while (all.hasRemaining()) {
        all.put(reader.next(all.position(), all.remaining()));
      }
    }
    return all.array();
  }

  private Ledger.Blob blob(String key) {
    long content = index.objects().find(bucket, ObjectKey.of(key)).orElseThrow().content();
    Piece piece = index.objects().pieces(content, 0, Long.MAX_VALUE).getFirst();
    return index.objects().blob(piece.blob()).orElseThrow();
  }

  private Location location(String key) {
    return blob(key).location();
  }

  private Path path(Location location) {
    String name = location.file().toString();
    return location.packed()
        ? root.resolve("packed").resolve(name)
        : root.resolve("loose").resolve(name.substring(0, 2)).resolve(name);
  }

  private void flip(String key, long at) throws IOException {
    Location location = location(key);
    try (RandomAccessFile file = new RandomAccessFile(path(location).toFile(), "rw")) {
      file.seek(location.at() + at);
      int old = file.read();
      file.seek(location.at() + at);
      file.write(old ^ 1);
    }
  }

  private void reopen() throws IOException {
    blobs.close();
    blobs = Blobs.open(root, disk, index.ledger(), () -> now, 0);
  }

  private List<Path> looseFiles() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("loose"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static ByteArrayInputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static void isTrouble(Throwable e, Trouble trouble) {
    assertThat(e).isInstanceOf(BlobException.class);
    assertThat(((BlobException) e).trouble()).isEqualTo(trouble);
  }

  private static List<Deletion> deletion(String key) {
    return List.of(new Deletion(ObjectKey.of(key), new Condition.Always()));
  }
}
