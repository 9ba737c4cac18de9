package org.diskferry.station.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The facts of one device's load, on the station's disk.
///
/// * [#append] returns when the fact is on the disk; facts of many threads share one sync.
/// * What was appended before a crash is there after it; a fact that was being written is there
///   wholly or not at all.
/// * After a failed write or sync nothing more is taken: what the disk holds is then unknown until
///   the journal is opened anew.
/// * An [IOException] always means the station's own disk.
///
/// Safe for many threads, none of which may be interrupted (that would close the file). Format: see
/// docs/formats.md.
public final class Journal implements AutoCloseable {
  /// Facts waiting for the writer: more than there are lanes, so that nobody waits for a place.
  private static final int QUEUE = 4096;

  private static final Pending END =
      new Pending(ByteBuffer.allocate(0), null, new CompletableFuture<>());

  private final JournalFile file;
  private final Ledger ledger;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Thread writer;
  private volatile @Nullable IOException broken;

  /// A fact on its way to the disk; null marks the end.
  private record Pending(ByteBuffer body, @Nullable Fact fact, CompletableFuture<Void> done) {}

  private Journal(JournalFile file, Ledger ledger) {
    this.file = file;
    this.ledger = ledger;
    this.writer = Thread.ofPlatform().name("journal").daemon().unstarted(this::write);
  }

  /// Opens or creates the journal at `path`.
  public static Journal open(Path path) throws IOException {
    Ledger ledger = new Ledger();
    JournalFile file =
        JournalFile.open(path, (position, body) -> ledger.note(FactCodec.decode(body), position));
    Journal journal = new Journal(file, ledger);
    journal.writer.start();
    return journal;
  }

  /// Writes `fact` down and returns when it is on the disk.
  public void append(Fact fact) throws IOException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    enqueue(new Pending(ByteBuffer.wrap(FactCodec.encode(fact)), fact, done));
    try {
      done.join();
    } catch (CompletionException e) {
      throw new IOException("the journal cannot be written: " + e.getCause(), e.getCause());
    }
  }

  /// Writes down all of `facts`, in this order, and returns when they are on the disk; a crash may
  /// leave the first of them only.
  public void appendAll(List<? extends Fact> facts) throws IOException {
    List<CompletableFuture<Void>> all = new ArrayList<>(facts.size());
    for (Fact fact : facts) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      enqueue(new Pending(ByteBuffer.wrap(FactCodec.encode(fact)), fact, done));
      all.add(done);
    }
    try {
      all.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new IOException("the journal cannot be written: " + e.getCause(), e.getCause());
    }
  }

  // What was done must be written down whatever happens to this thread.
  private void enqueue(Pending pending) {
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        queue.put(pending);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    List<Pending> group = new ArrayList<>();
    boolean open = true;
    while (open) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts the journal", e);
      }
      queue.drainTo(group);
      open = !group.remove(END);
      commit(group);
      group.clear();
    }
  }

  private void commit(List<Pending> group) {
    try {
      IOException failed = broken;
      if (failed != null) {
        throw failed;
      }
      commitOrThrow(group);
    } catch (IOException e) {
      broken = e;
      group.forEach(pending -> pending.done().completeExceptionally(e));
    }
  }

  private void commitOrThrow(List<Pending> group) throws IOException {
    int length = 0;
    for (Pending pending : group) {
      length += JournalFile.frameLength(pending.body().remaining());
    }
    if (length == 0) {
      return;
    }
    ByteBuffer frames = ByteBuffer.allocate(length);
    group.forEach(pending -> JournalFile.putFrame(pending.body(), frames));
    long position = file.end();
    file.append(frames.flip());
    for (Pending pending : group) {
      ledger.note(Objects.requireNonNull(pending.fact()), position);
      position += JournalFile.frameLength(pending.body().remaining());
      pending.done().complete(null);
    }
  }

  /// The row's last outcome: [Fact.Stored], [Fact.Written] or [Fact.Failed]; empty where there is
  /// none, or it was forgotten.
  public Optional<Fact> outcome(int row) throws IOException {
    long position = ledger.outcome(row);
    return position == 0 ? Optional.empty() : Optional.of(FactCodec.decode(file.body(position)));
  }

  /// The row's upload that has not ended.
  public Optional<Upload> upload(int row) {
    return ledger.upload(row);
  }

  /// All uploads that have not ended.
  public List<Upload> uploads() {
    return ledger.uploads();
  }

  /// Every volume that was made, the last of which is being filled.
  public List<Fact.VolumeMade> volumes() {
    return ledger.volumes();
  }

  /// Whether the last volume is complete.
  public boolean isVolumeClosed() {
    return ledger.isVolumeClosed();
  }

  /// When the plan of a revision was made; empty where it was not.
  public Optional<Instant> plannedAt(int revision) {
    return ledger.plannedAt(revision);
  }

  /// Writes what is waiting and closes the file.
  @Override
  public void close() throws IOException {
    enqueue(END);
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    file.close();
  }
}
