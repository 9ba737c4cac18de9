package org.diskferry.media.fs.ntfs;

import java.util.List;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ClaimedSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Node;
import org.diskferry.media.fs.Volume;

/// An NTFS volume. Each operation has a budget of its own; nothing is kept between them but where
/// the table lies.
final class NtfsTree implements FileTree {
  private final Bounds bounds;
  private final MasterFileTable table;
  private final Clusters clusters;
  private final Volume volume;

  NtfsTree(BlockSource source, BootSector boot, Bounds bounds) throws MediaException {
    Budget budget = new Budget(bounds);
    this.bounds = bounds;
    this.table = MasterFileTable.open(boot, new ClaimedSource(source, boot.size()), budget);
    this.clusters = new Clusters(boot, source);
    this.volume = new Survey(new RecordReader(table, budget)).volume();
  }

  @Override
  public Volume volume() {
    return volume;
  }

  @Override
  public long root() {
    return Metafiles.ROOT;
  }

  @Override
  public void scan(Visitor visitor) throws MediaException {
    RecordReader reader = new RecordReader(table, new Budget(bounds));
    new Scan(reader, new Natures(reader, clusters), clusters, visitor).run();
  }

  @Override
  public Content content(long id) throws MediaException {
    RecordReader reader = new RecordReader(table, new Budget(bounds));
    try {
      FileRecord file = reader.file(reader.segment(NodeId.record(id)));
      int stream = NodeId.streamIndex(id);
      return stream < 0 ? content(reader, file) : content(file, stream);
    } catch (MediaException e) {
      return new Content.Unreadable(e.localReason());
    }
  }

  private Content content(RecordReader reader, FileRecord file) throws MediaException {
    Natures natures = new Natures(reader, clusters);
    Natures.Nature nature = natures.nature(file);
    return nature.kind() == Node.Kind.FILE
        ? natures.readable(file, nature)
        : new Content.Unreadable("MFT record " + file.number() + ": not a file");
  }

  private Content content(FileRecord file, int stream) {
    List<String> names = file.streamNames();
    return stream < names.size()
        ? clusters.content(file.stream(Attribute.DATA, names.get(stream), table.mapping()))
        : new Content.Unreadable("MFT record " + file.number() + ": no stream " + stream);
  }

  @Override
  public Coverage coverage() throws MediaException {
    RecordReader reader = new RecordReader(table, new Budget(bounds));
    return new CoverageProof(reader, new Natures(reader, clusters)).prove();
  }
}
