package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.diskferry.station.catalogue.ByteHeap.HeapFullException;

/// The three files of a plan: `verdicts` (one record a row), `verdict-texts` (keys and reasons) and
/// `by-key` (row numbers). See docs/formats.md.
final class PlanFiles implements AutoCloseable {
  /// Room on the station's disk for the keys of one device.
  private static final long MOST_TEXT = 64L << 30;

  private final FixedFile verdicts;
  private final ByteHeap texts;
  private final FixedFile byKey;

  private PlanFiles(FixedFile verdicts, ByteHeap texts, FixedFile byKey) {
    this.verdicts = verdicts;
    this.texts = texts;
    this.byKey = byKey;
  }

  static PlanFiles create(Path directory) throws IOException {
    return new PlanFiles(
        FixedFile.create(directory.resolve("verdicts"), Plan.RECORD),
        ByteHeap.create(directory.resolve("verdict-texts"), MOST_TEXT),
        FixedFile.create(directory.resolve("by-key"), Integer.BYTES));
  }

  void append(Verdict verdict) throws IOException, HeapFullException {
    switch (verdict) {
      case Verdict.Load load -> append(Plan.LOAD, 0, load.key().value());
      case Verdict.Ignore _ -> append(Plan.IGNORE, 0, "");
      case Verdict.Refuse refuse ->
          append(Plan.REFUSE, refuse.status(), refuse.code() + "\n" + refuse.reason());
    }
  }

  private void append(byte what, int status, String text) throws IOException, HeapFullException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    verdicts.append(
        ByteBuffer.allocate(Plan.RECORD)
            .put(what)
            .put((byte) 0)
            .putShort((short) status)
            .putInt(0)
            .putLong(texts.append(bytes))
            .putInt(bytes.length)
            .putInt(0)
            .flip());
  }

  void appendKeyed(int number) throws IOException {
    byKey.append(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
  }

  void flush() throws IOException {
    verdicts.flush();
    texts.flush();
    byKey.flush();
  }

  ByteBuffer record(int number) throws IOException {
    return verdicts.at(number);
  }

  byte[] text(long offset, int length) throws IOException {
    return texts.at(offset, length);
  }

  long keyCount() {
    return byKey.records();
  }

  int keyedRow(long place) throws IOException {
    return byKey.at(place).getInt();
  }

  FixedCursor keyCursor() {
    return byKey.cursor();
  }

  @Override
  public void close() throws IOException {
    verdicts.close();
    texts.close();
    byKey.close();
  }
}
