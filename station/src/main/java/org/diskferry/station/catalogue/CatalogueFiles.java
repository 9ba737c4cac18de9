package org.diskferry.station.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.diskferry.media.fs.Node;
import org.diskferry.station.Digests;
import org.diskferry.station.catalogue.ByteHeap.HeapFullException;

/// The three files of a catalogue: `rows` (fixed records in path order), `texts` (paths and
/// reasons) and `by-address` (row numbers). See docs/formats.md.
final class CatalogueFiles implements AutoCloseable {
  static final int RECORD = 72;

  /// Room on the station's disk for the paths of one device.
  private static final long MOST_TEXT = 64L << 30;

  private final FixedFile rows;
  private final ByteHeap texts;
  private final FixedFile byAddress;
  private final MessageDigest digest = Digests.sha256();
  private String digestHex = "";

  private CatalogueFiles(FixedFile rows, ByteHeap texts, FixedFile byAddress) {
    this.rows = rows;
    this.texts = texts;
    this.byAddress = byAddress;
  }

  static CatalogueFiles create(Path directory) throws IOException {
    return new CatalogueFiles(
        FixedFile.create(directory.resolve("rows"), RECORD),
        ByteHeap.create(directory.resolve("texts"), MOST_TEXT),
        FixedFile.create(directory.resolve("by-address"), Integer.BYTES));
  }

  /// Appends a row whose entry is named by its path; answers its number.
  int append(int volume, Entry entry) throws IOException, HeapFullException {
    byte[] path = entry.name().getBytes(StandardCharsets.UTF_8);
    byte[] lost = entry.lost().getBytes(StandardCharsets.UTF_8);
    ByteBuffer record = ByteBuffer.allocate(RECORD);
    record.putLong(texts.append(path)).putInt(path.length);
    texts.append(lost);
    record.putInt(lost.length).putShort((short) volume);
    record.put(Codes.of(entry.kind())).put(Codes.of(entry.form()));
    record.putInt(entry.nameable() ? 1 : 0).putLong(entry.node()).putLong(entry.size());
    record.putLong(entry.seconds()).putInt(entry.nanos()).putInt(0).putLong(entry.address());
    record.putLong(0).flip();
    digest.update(record.slice(Long.BYTES, RECORD - Long.BYTES));
    digest.update(path);
    digest.update(lost);
    int number = Math.toIntExact(rows.records());
    rows.append(record);
    return number;
  }

  void order(RecordSorter addressed) throws IOException {
    try (RecordCursor cursor = addressed.sorted()) {
      while (cursor.advance()) {
        byAddress.append(ByteBuffer.wrap(cursor.key(), Long.BYTES, Integer.BYTES));
      }
    }
    rows.flush();
    texts.flush();
    byAddress.flush();
    digestHex = HexFormat.of().formatHex(digest.digest());
  }

  String digest() {
    return digestHex;
  }

  int count() {
    return Math.toIntExact(rows.records());
  }

  Row row(int number) throws IOException {
    return decode(number, rows.at(number));
  }

  Row decode(int number, ByteBuffer record) throws IOException {
    long offset = record.getLong();
    int pathLength = record.getInt();
    int lostLength = record.getInt();
    byte[] text = texts.at(offset, pathLength + lostLength);
    int volume = Short.toUnsignedInt(record.getShort());
    Row.Kind kind = Codes.kind(record.get());
    Node.Form form = Codes.form(record.get());
    boolean nameable = record.getInt() != 0;
    long node = record.getLong();
    long size = record.getLong();
    Instant modified = Instant.ofEpochSecond(record.getLong(), record.getInt());
    record.getInt();
    return new Row(
        number,
        new String(text, 0, pathLength, StandardCharsets.UTF_8),
        nameable,
        volume,
        kind,
        form,
        node,
        size,
        modified,
        record.getLong(),
        new String(text, pathLength, lostLength, StandardCharsets.UTF_8));
  }

  FixedCursor rowCursor() {
    return rows.cursor();
  }

  FixedCursor addressCursor() {
    return byAddress.cursor();
  }

  @Override
  public void close() throws IOException {
    rows.close();
    texts.close();
    byAddress.close();
  }
}
