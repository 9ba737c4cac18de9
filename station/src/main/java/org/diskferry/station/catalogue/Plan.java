package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diskferry.station.catalogue.ByteHeap.HeapFullException;
import org.diskferry.store.ObjectKey;

/// What an order makes of every row of a catalogue: decided for all of them before the first is
/// loaded, so that two files with one key are found in time. Lives in files of its own directory;
/// may be read by several threads, which must not be interrupted meanwhile.
public final class Plan implements AutoCloseable {
  static final int RECORD = 24;
  static final byte LOAD = 'L';
  static final byte IGNORE = 'I';
  static final byte REFUSE = 'R';

  private final PlanFiles files;
  private final Catalogue catalogue;
  private final Totals totals;

  /// What a plan amounts to.
  ///
  /// @param files rows to be stored
  /// @param bytes their bytes
  /// @param ignored rows left out
  /// @param refused rows that are errors already
  public record Totals(long files, long bytes, long ignored, long refused) {}

  private Plan(PlanFiles files, Catalogue catalogue, Totals totals) {
    this.files = files;
    this.catalogue = catalogue;
    this.totals = totals;
  }

  /// Decides on every row of `catalogue`, into `directory`, which is emptied of an older plan.
  public static Plan make(Catalogue catalogue, Rules rules, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (RecordSorter keys = new RecordSorter(directory, "keys");
        Judgement judgement = new Judgement(catalogue, rules, directory)) {
      judgement.judgeAll(keys);
      PlanFiles files = PlanFiles.create(directory);
      try {
        Totals totals = judgement.settle(keys, files);
        return new Plan(files, catalogue, totals);
      } catch (IOException | HeapFullException e) {
        files.close();
        throw e;
      }
    } catch (HeapFullException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// What the plan amounts to.
  public Totals totals() {
    return totals;
  }

  /// The verdict on row `number`.
  public Verdict verdict(int number) throws IOException {
    ByteBuffer record = files.record(number);
    byte what = record.get(0);
    if (what == IGNORE) {
      return new Verdict.Ignore();
    }
    String text =
        new String(files.text(record.getLong(8), record.getInt(16)), StandardCharsets.UTF_8);
    if (what == LOAD) {
      return new Verdict.Load(new ObjectKey(text));
    }
    int end = text.indexOf('\n');
    return new Verdict.Refuse(record.getShort(2), text.substring(0, end), text.substring(end + 1));
  }

  /// The rows to be stored, in the order of their keys as a store lists them.
  public Rows inKeyOrder() {
    FixedCursor cursor = files.keyCursor();
    return new Rows(cursor::hasNext, ignored -> catalogue.row(cursor.next().getInt()));
  }

  /// What all keys begin with; empty where there is none.
  public String commonPrefix() throws IOException {
    long count = files.keyCount();
    if (count == 0) {
      return "";
    }
    String first = key(files.keyedRow(0));
    String last = key(files.keyedRow(count - 1));
    int length = 0;
    while (length < Math.min(first.length(), last.length())
        && first.charAt(length) == last.charAt(length)) {
      length++;
    }
    boolean inPair = length > 0 && Character.isHighSurrogate(first.charAt(length - 1));
    return first.substring(0, inPair ? length - 1 : length);
  }

  private String key(int number) throws IOException {
    return verdict(number) instanceof Verdict.Load(ObjectKey key) ? key.value() : "";
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
