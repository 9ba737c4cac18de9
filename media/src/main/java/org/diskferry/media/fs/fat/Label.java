package org.diskferry.media.fs.fat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.chain.Layout;
import org.diskferry.media.fs.chain.RecordSink;
import org.diskferry.media.fs.chain.RootReader;

/// The volume's name: an entry of the root directory has it, or else the boot sector.
final class Label implements RecordSink {
  private static final String NONE = "NO NAME";

  private final Layout layout;
  private final BlockSource claimed;
  private final FatDialect dialect;
  private final Bounds bounds;
  private String found = "";

  Label(Layout layout, BlockSource claimed, FatDialect dialect, Bounds bounds) {
    this.layout = layout;
    this.claimed = claimed;
    this.dialect = dialect;
    this.bounds = bounds;
  }

  String find(String inBootSector) throws MediaException {
    new RootReader(layout, claimed, bounds).read(this);
    if (!found.isEmpty()) {
      return found;
    }
    return inBootSector.isEmpty() || inBootSector.equals(NONE)
        ? ""
        : dialect.names().label(inBootSector.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public boolean record(ByteBuffer piece, int at, long position) {
    Entry entry = new Entry(piece, at);
    if (entry.isEnd()) {
      return false;
    }
    if (!entry.isDeleted() && !entry.isLongName() && entry.isLabel() && !entry.isDirectory()) {
      found = dialect.names().label(entry.rawName());
    }
    return found.isEmpty();
  }

  /// A scan tells of it.
  @Override
  public void lost(String reason) {}

  @Override
  public void end() {}
}
