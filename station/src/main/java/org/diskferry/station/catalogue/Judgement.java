package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.diskferry.job.naming.ImportNames;
import org.diskferry.station.catalogue.ByteHeap.HeapFullException;
import org.diskferry.store.ObjectKey;
import org.jspecify.annotations.Nullable;

/// Judges rows one by one, then all keys against each other: of several rows with one key the first
/// in path order is loaded, the others are `409 KeyCollision`.
final class Judgement implements AutoCloseable {
  /// Largest object of the S3 protocol: 5 TB, counted in powers of two as stores do.
  private static final long LARGEST = 5L << 40;

  private static final int INVALID = 400;
  private static final int COLLISION = 409;
  private static final int TOO_LARGE = 413;
  private static final int UNREADABLE = 508;

  private final Catalogue catalogue;
  private final Rules rules;
  private final RecordSorter collided;
  private long files;
  private long bytes;
  private long ignored;
  private long refused;

  Judgement(Catalogue catalogue, Rules rules, Path directory) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.collided = new RecordSorter(directory, "collided");
  }

  /// Puts the key of every row that may be loaded into `keys`.
  void judgeAll(RecordSorter keys) throws IOException {
    Rows rows = catalogue.inPathOrder();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (judge(row) instanceof Verdict.Load(ObjectKey key)) {
        keys.add(key.bytes(), number(row.number()));
      }
    }
  }

  /// Writes every verdict.
  Plan.Totals settle(RecordSorter keys, PlanFiles out) throws IOException, HeapFullException {
    findCollisions(keys, out);
    try (RecordCursor losers = collided.sorted()) {
      boolean more = losers.advance();
      Rows rows = catalogue.inPathOrder();
      while (rows.hasNext()) {
        Row row = rows.next();
        Verdict verdict = judge(row);
        if (more && ByteBuffer.wrap(losers.key()).getInt() == row.number()) {
          verdict = collision(losers.value());
          more = losers.advance();
        }
        count(row, verdict);
        out.append(verdict);
      }
    }
    out.flush();
    return new Plan.Totals(files, bytes, ignored, refused);
  }

  private void findCollisions(RecordSorter keys, PlanFiles out) throws IOException {
    try (RecordCursor cursor = keys.sorted()) {
      byte @Nullable [] winner = null;
      byte[] winnerNumber = {};
      while (cursor.advance()) {
        if (winner != null && Arrays.equals(winner, cursor.key())) {
          collided.add(cursor.value(), winnerNumber);
        } else {
          winner = cursor.key();
          winnerNumber = cursor.value();
          out.appendKeyed(ByteBuffer.wrap(winnerNumber).getInt());
        }
      }
    }
  }

  private Verdict collision(byte[] winner) throws IOException {
    String path = catalogue.row(ByteBuffer.wrap(winner).getInt()).path();
    return new Verdict.Refuse(COLLISION, "KeyCollision", "the key is that of " + path);
  }

  private Verdict judge(Row row) {
    return switch (row.kind()) {
      case LINK, SPECIAL, STREAM, BESIDE -> new Verdict.Ignore();
      case FILE, LOST ->
          switch (rules.name(row.path())) {
            case ImportNames.Ignore _ -> new Verdict.Ignore();
            case ImportNames.Refuse refuse -> judge(row, refuse);
            case ImportNames.Load load -> judge(row, load);
          };
    };
  }

  private static Verdict judge(Row row, ImportNames.Refuse refuse) {
    return row.lost().isEmpty()
        ? new Verdict.Refuse(refuse.status(), refuse.code(), refuse.reason())
        : unreadable(row);
  }

  private Verdict judge(Row row, ImportNames.Load load) {
    if (row.kind() == Row.Kind.LOST || !row.lost().isEmpty()) {
      return unreadable(row);
    }
    if (!row.nameable()) {
      return new Verdict.Refuse(INVALID, "InvalidFilename", "the name is not UTF-8");
    }
    if (row.size() > LARGEST) {
      return new Verdict.Refuse(
          TOO_LARGE,
          "FileTooLarge",
          "it has " + row.size() + " bytes, an object at most " + LARGEST);
    }
    ObjectKey key = new ObjectKey(load.key());
    if (rules.isLog(key)) {
      return new Verdict.Refuse(COLLISION, "KeyCollision", "the key is that of the job's log");
    }
    return new Verdict.Load(key);
  }

  private static Verdict unreadable(Row row) {
    return new Verdict.Refuse(UNREADABLE, "ReadError", row.lost());
  }

  private void count(Row row, Verdict verdict) {
    switch (verdict) {
      case Verdict.Load _ -> {
        files++;
        // A disk can claim more than 2^63 bytes; all that matters then is that it is too much.
        bytes = bytes > Long.MAX_VALUE - row.size() ? Long.MAX_VALUE : bytes + row.size();
      }
      case Verdict.Ignore _ -> ignored++;
      case Verdict.Refuse _ -> refused++;
    }
  }

  private static byte[] number(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  @Override
  public void close() throws IOException {
    collided.close();
  }
}
