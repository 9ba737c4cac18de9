package org.diskferry.station.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.diskferry.job.naming.ObjectRules;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.media.fs.Node;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.journal.Fact.Assurance;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Steering;
import org.diskferry.station.task.Tally;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.ObjectStore.Stored;
import org.diskferry.store.StoreException;

/// Brings one file into the store at a time, for each lane that asks. Small files are read whole;
/// larger ones stream in one request; the largest go in parts.
final class Transfer {
  private static final int BAD_REQUEST = 400;
  private static final int READ_ERROR = 508;

  /// A request whose bytes were damaged on the way is made again this often in all: chance does not
  /// strike three times.
  private static final int ATTEMPTS = 3;

  private final Workbench bench;
  private final ObjectStore store;
  private final LoadSettings settings;
  private final InstantSource clock;
  private final DeviceReader reader;
  private final Slabs slabs;
  private final Semaphore lanes;
  private final Tally tally;
  private final Steering steering;
  private final HurtFiles hurt;

  Transfer(
      Workbench bench,
      ObjectStore store,
      LoadSettings settings,
      InstantSource clock,
      DeviceReader reader,
      Tally tally,
      Steering steering,
      HurtFiles hurt) {
    this.bench = bench;
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.reader = reader;
    this.slabs = new Slabs(settings.memoryBytes());
    this.lanes = new Semaphore(settings.lanes(), true);
    this.tally = tally;
    this.steering = steering;
    this.hurt = hurt;
  }

  /// A request to the store, and the writing down of its answer.
  @FunctionalInterface
  interface StoreCall<T> {
    T make() throws StoreException, IOException;
  }

  /// Makes a request; the lanes bound how many run at once. A lane is free again only when the
  /// answer is in the journal, so that a sudden end costs each lane one repeated request at most.
  <T> T request(StoreCall<T> call) throws StoreException, IOException {
    lanes.acquireUninterruptibly();
    try {
      return call.make();
    } finally {
      lanes.release();
    }
  }

  /// Stores the row's file, or tells why it cannot be stored; either way the fact is in the
  /// journal.
  ///
  /// @return false when the medium did not give it and it is left for later, without a fact
  /// @throws MediaException when the device is gone
  /// @throws StoreException when the store as a whole refuses or does not answer
  boolean bring(Row row, ObjectKey key) throws MediaException, StoreException, IOException {
    try {
      attempt(row, key);
    } catch (MediaException e) {
      if (e.trouble() == MediaException.Trouble.GONE) {
        throw e;
      }
      String reason = hurt.reason(row, e, this::unreadable);
      if (reason.isEmpty()) {
        return false;
      }
      fail(row, READ_ERROR, "ReadError", reason);
    }
    tally.fileDone();
    return true;
  }

  private String unreadable(Row row) throws MediaException, IOException {
    ContentReader content;
    try {
      content = reader.await(row.address(), () -> open(row));
    } catch (MediaException e) {
      if (e.trouble() == MediaException.Trouble.GONE) {
        throw e;
      }
      return "";
    }
    return new Examiner(reader, row, content, this::block).unreadable();
  }

  private void attempt(Row row, ObjectKey key) throws MediaException, StoreException, IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        store(row, key);
        return;
      } catch (IOException e) {
        throwSource(e);
      } catch (StoreException e) {
        boolean last = attempt == ATTEMPTS;
        switch (e.trouble()) {
          case SOURCE ->
              throwSource(
                  e.getCause() instanceof IOException source
                      ? source
                      : new IOException("the source of bytes failed: " + e.getMessage(), e));
          case REFUSED, PRECONDITION, NO_SUCH_KEY -> {
            refuse(row, e);
            return;
          }
          case DAMAGED -> throwIf(last, e);
          case NO_SUCH_UPLOAD -> {
            bench.journal().append(new Fact.UploadEnded(row.number()));
            throwIf(last, e);
          }
          case NO_SUCH_BUCKET, DENIED, FULL, UNAVAILABLE -> throw e;
        }
      }
    }
  }

  private static void throwIf(boolean last, StoreException e) throws StoreException {
    if (last) {
      throw e;
    }
  }

  // What a body throws: the device's trouble as the cause of an IOException, or one of our own.
  private static void throwSource(IOException source) throws MediaException, IOException {
    if (source.getCause() instanceof MediaException media) {
      throw media;
    }
    throw source;
  }

  private void refuse(Row row, StoreException e) throws IOException {
    String code = e.code().isEmpty() ? "StoreRefused" : e.code();
    fail(row, BAD_REQUEST, code, "the store refuses it: " + e.getMessage());
  }

  private void fail(Row row, int status, String code, String reason) throws IOException {
    int revision = bench.job().order().revision();
    bench
        .journal()
        .append(new Fact.Failed(row.number(), revision, clock.instant(), status, code, reason));
  }

  private void store(Row row, ObjectKey key) throws MediaException, StoreException, IOException {
    if (row.size() <= settings.bufferedBytes()) {
      storeWhole(row, key);
      return;
    }
    ContentReader content = reader.await(row.address(), () -> open(row));
    if (row.size() <= settings.singleBytes()) {
      storeStreamed(row, key, content);
    } else {
      new PartsTransfer(this, row, key, content).run();
    }
  }

  private void storeWhole(Row row, ObjectKey key)
      throws MediaException, StoreException, IOException {
    try (Cargo cargo = Cargo.of(Math.toIntExact(row.size()), slabs)) {
      reader.await(
          row.address(),
          () -> {
            cargo.load(open(row), 0);
            return cargo;
          });
      tally.bytesDone(row.size());
      FileSums sums = new FileSums();
      cargo.addTo(sums);
      sums.end();
      String md5 = sums.md5();
      Headers headers = bench.rules().headers(row, cargo.head(ObjectRules.FIRST_BYTES));
      Checksum expected = new Checksum(sums.crc32c(), md5);
      request(() -> {
        Stored answer = store.put(bench.rules().bucket(), key, headers, cargo, expected);
        note(row, key, headers, sums, md5, answer.etag(), 0, assurance(answer, md5));
        return answer;
      });
    }
  }

  private void storeStreamed(Row row, ObjectKey key, ContentReader content)
      throws StoreException, IOException {
    FileSums sums = new FileSums();
    try (StreamBody body = body(row, content, 0, row.size(), sums)) {
      Headers headers = bench.rules().headers(row, body.head(ObjectRules.FIRST_BYTES));
      request(() -> {
        Stored answer = store.put(bench.rules().bucket(), key, headers, body, Checksum.NONE);
        if (sums.bytes() != row.size()) {
          throw new IllegalStateException("an answer came before all of " + key + " was read");
        }
        sums.end();
        String md5 = sums.md5();
        note(row, key, headers, sums, md5, answer.etag(), 0, assurance(answer, md5));
        return answer;
      });
    }
  }

  private static Assurance assurance(Stored answer, String md5) {
    if (answer.verified()) {
      return Assurance.COMPARED;
    }
    return answer.etag().equals(md5) ? Assurance.MATCHED : Assurance.NONE;
  }

  /// Writes down that the row's file is stored.
  void note(
      Row row,
      ObjectKey key,
      Headers headers,
      FileSums sums,
      String md5,
      String etag,
      int parts,
      Assurance assurance)
      throws IOException {
    bench
        .journal()
        .append(
            new Fact.Stored(
                row.number(),
                bench.rules().mark(row, key),
                clock.instant(),
                md5,
                sums.crc32c(),
                etag,
                parts,
                assurance,
                headers.contentType(),
                sums.blocks()));
  }

  /// The row's content; on the reader's thread.
  private ContentReader open(Row row) throws MediaException {
    DataVolume volume = bench.job().volumes().get(row.volume());
    Content content = content(volume, row);
    if (content instanceof Content.Unreadable(String reason)) {
      throw new MediaException(MediaException.Trouble.UNREADABLE, reason);
    }
    ContentReader reading = new ContentReader(volume.bytes(), content);
    if (reading.size() != row.size()) {
      throw MediaException.damaged(
          "it was listed with " + row.size() + " bytes and has " + reading.size());
    }
    return reading;
  }

  // Where the listing has said it all, no metadata is read again: on a disk that turns, that is a
  // way to the table and back for each file. The second pass asks the volume anew.
  private static Content content(DataVolume volume, Row row) throws MediaException {
    return row.form() == Node.Form.ONE_EXTENT
        ? Content.Extents.ofOne(row.address() - volume.start(), row.size())
        : volume.tree().content(row.node());
  }

  StreamBody body(Row row, ContentReader content, long start, long size, FileSums sums)
      throws IOException {
    return new StreamBody(reader, content, row.address(), start, size, sums, slabs, this::block);
  }

  /// A part in memory; the memory is waited for.
  Cargo cargo(Row row, ContentReader content, long start, long size)
      throws MediaException, IOException {
    block(size);
    Cargo cargo = Cargo.of(Math.toIntExact(size), slabs);
    try {
      return reader.await(
          row.address() + start,
          () -> {
            cargo.load(content, start);
            return cargo;
          });
    } catch (MediaException | RuntimeException e) {
      cargo.close();
      throw e;
    }
  }

  /// The first bytes of a file, enough to tell what it is.
  ByteBuffer head(Row row, ContentReader content) throws MediaException {
    ByteBuffer head = ByteBuffer.allocate(ObjectRules.FIRST_BYTES);
    reader.await(
        row.address(),
        () -> {
          content.read(0, head);
          return head;
        });
    return head.flip();
  }

  private void block(long bytes) throws AbandonedException {
    if (steering.isAbandoned()) {
      throw new AbandonedException();
    }
    tally.bytesDone(bytes);
  }

  Workbench bench() {
    return bench;
  }

  ObjectStore store() {
    return store;
  }

  LoadSettings settings() {
    return settings;
  }
}
