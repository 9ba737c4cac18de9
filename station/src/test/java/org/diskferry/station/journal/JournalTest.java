package org.diskferry.station.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diskferry.station.testing.FastDirectory;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.000000006Z");
  private static final BucketName BUCKET = new BucketName("bucket");
  private static final ObjectKey KEY = new ObjectKey("dir/k\u00e9y\n");
  private static final int ROWS = 100;

  @TempDir(factory = FastDirectory.class)
  Path directory;

  private Path path() {
    return directory.resolve("journal");
  }

  private static Fact.Stored stored(int row) {
    BlockSums blocks = BlockSums.of(new int[] {row, -1, 7}, 3);
    return new Fact.Stored(
        row,
        "mark",
        NOW,
        "0".repeat(32),
        0xFFFF_FFFFL,
        "etag",
        0,
        Fact.Assurance.COMPARED,
        "text/plain",
        blocks);
  }

  @Test
  void everyFactIsThereAfterOpeningAgain() throws Exception {
    Fact.PartStored part =
        new Fact.PartStored(2, 17, "e", 5L << 30, 0xFFFF_FFFFL, "AAAA==", Fact.Assurance.MATCHED);
    Fact.Failed failed = new Fact.Failed(3, 4, NOW, 508, "ReadError", "sector 7: unreadable");
    try (Journal journal = Journal.open(path())) {
      journal.append(new Fact.Planned(4, NOW));
      journal.append(stored(1));
      journal.append(new Fact.UploadIntended(2, "m", BUCKET, KEY));
      journal.append(new Fact.UploadBegun(2, "m", BUCKET, KEY, "id", 16 << 20));
      journal.append(part);
      journal.append(failed);
      journal.append(new Fact.UploadIntended(5, "m", BUCKET, KEY));
    }
    try (Journal journal = Journal.open(path())) {
      assertThat(journal.plannedAt(4)).contains(NOW);
      assertThat(journal.plannedAt(5)).isEmpty();
      assertThat(journal.outcome(0)).isEmpty();
      assertThat(journal.outcome(1)).contains(stored(1));
      assertThat(journal.outcome(3)).contains(failed);
      Upload upload = journal.upload(2).orElseThrow();
      assertThat(upload.id()).isEqualTo("id");
      assertThat(upload.key()).isEqualTo(KEY);
      assertThat(upload.parts().values()).containsExactly(part);
      assertThat(journal.upload(5).orElseThrow().isOnlyIntended()).isTrue();
    }
  }

  @Test
  void whatIsStoredOrEndedHasNoUploadAnyMore() throws Exception {
    try (Journal journal = Journal.open(path())) {
      journal.append(new Fact.UploadIntended(1, "m", BUCKET, KEY));
      journal.append(stored(1));
      journal.append(new Fact.UploadIntended(2, "m", BUCKET, KEY));
      journal.append(new Fact.UploadEnded(2));
      assertThat(journal.uploads()).isEmpty();
      journal.append(new Fact.Forgotten(1));
      assertThat(journal.outcome(1)).isEmpty();
    }
  }

  @Test
  void aJournalCutAtAnyByteHoldsExactlyTheFactsThatEndBeforeIt() throws Exception {
    List<Long> ends = new ArrayList<>();
    try (Journal journal = Journal.open(path())) {
      ends.add(Files.size(path()));
      for (int row = 0; row < 4; row++) {
        journal.append(stored(row));
        ends.add(Files.size(path()));
      }
    }
    byte[] whole = Files.readAllBytes(path());
    for (int length = 0; length <= whole.length; length++) {
      Path cut = directory.resolve("cut" + length);
      Files.write(cut, Arrays.copyOf(whole, length));
      int bytes = length;
      long facts = ends.stream().skip(1).filter(end -> end <= bytes).count();
      try (Journal journal = Journal.open(cut)) {
        for (int row = 0; row < 4; row++) {
          Optional<Fact> expected = row < facts ? Optional.of(stored(row)) : Optional.empty();
          assertThat(journal.outcome(row)).isEqualTo(expected);
        }
        journal.append(stored(50));
      }
      try (Journal journal = Journal.open(cut)) {
        assertThat(journal.outcome(50)).contains(stored(50));
      }
    }
  }

  @Test
  void aFlippedBitEndsTheJournalThere() throws Exception {
    try (Journal journal = Journal.open(path())) {
      journal.append(stored(0));
      journal.append(stored(1));
    }
    byte[] bytes = Files.readAllBytes(path());
    bytes[bytes.length - 3] ^= 1;
    Files.write(path(), bytes);
    try (Journal journal = Journal.open(path())) {
      assertThat(journal.outcome(0)).contains(stored(0));
      assertThat(journal.outcome(1)).isEmpty();
    }
  }

  @Test
  void manyThreadsShareTheWriter() throws Exception {
    try (Journal journal = Journal.open(path())) {
      List<Thread> threads = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        int number = row;
        threads.add(Thread.ofVirtual().start(() -> appendQuietly(journal, number)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      for (int row = 0; row < ROWS; row++) {
        assertThat(journal.outcome(row)).contains(stored(row));
      }
    }
  }

  private static void appendQuietly(Journal journal, int row) {
    try {
      journal.append(stored(row));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anotherFileIsNotTakenForAJournal() throws Exception {
    Files.writeString(path(), "something else entirely");
    assertThatThrownBy(() -> Journal.open(path()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no journal");
  }
}
