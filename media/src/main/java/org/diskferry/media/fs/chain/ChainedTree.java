package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.Bounds;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.ClaimedSource;
import org.diskferry.media.fs.Content;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Damage;
import org.diskferry.media.fs.FileTree;
import org.diskferry.media.fs.Volume;

/// An open volume. Ids are the places of records, in units of 32 bytes from the start of the
/// volume. Each scan and each proof reads everything anew; between calls of [#content] some pages
/// of the table are kept.
public final class ChainedTree implements FileTree {
  private final Layout layout;
  private final Dialect dialect;
  private final Volume volume;
  private final List<String> remarks;
  private final Bounds bounds;
  private final BlockSource claimed;
  private final AllocationTable table;

  /// A volume whose boot sector and root have been looked at.
  ///
  /// @param volume what it says of itself; how much of it is used is not yet known
  /// @param remarks what was bad, and is made up for
  public ChainedTree(
      Layout layout, Dialect dialect, Volume volume, List<String> remarks, Bounds bounds)
      throws MediaException {
    this.layout = layout;
    this.dialect = dialect;
    this.remarks = List.copyOf(remarks);
    this.bounds = bounds;
    this.claimed = new ClaimedSource(layout.source(), volume.size());
    this.table = new AllocationTable(claimed, layout.table(), new Budget(bounds));
    this.volume =
        new Volume(
            volume.format(),
            volume.label(),
            volume.uuid(),
            volume.blockSize(),
            volume.size(),
            used(),
            volume.state());
  }

  private long used() throws MediaException {
    try {
      Chains chains = chains();
      AllocationMap map = dialect.map(new MapSources(contents(chains), chains));
      if (map.known() < layout.heap().count()) {
        return -1;
      }
      long used = 0;
      for (long index = 0; index * Long.SIZE < layout.heap().count(); index++) {
        used += Long.bitCount(map.word(index));
        chains.budget().chargeStep();
        if (!map.remarks().isEmpty()) {
          return -1;
        }
      }
      return used * layout.heap().clusterSize();
    } catch (MediaException e) {
      // What cannot be counted is not known; who asks for a proof is told.
      e.localReason();
      return -1;
    }
  }

  private Chains chains() {
    Budget budget = new Budget(bounds);
    return new Chains(new AllocationTable(claimed, layout.table(), budget), layout.heap(), budget);
  }

  private Contents contents(Chains chains) {
    return new Contents(layout.source(), chains, bounds);
  }

  private TreeWalk walk(Chains chains) {
    return new TreeWalk(layout, dialect, chains, new DirectoryReader(claimed, chains));
  }

  @Override
  public Volume volume() {
    return volume;
  }

  @Override
  public long root() {
    return Directory.ROOT;
  }

  @Override
  public void scan(Visitor visitor) throws MediaException {
    for (String remark : remarks) {
      visitor.damage(new Damage(-1, remark));
    }
    if (volume.size() > layout.source().size()) {
      visitor.damage(
          new Damage(
              -1,
              "the volume has %d bytes and the medium only %d: it was cut short"
                  .formatted(volume.size(), layout.source().size())));
    }
    Chains chains = chains();
    Scan scan = new Scan(contents(chains), visitor);
    scan.root();
    walk(chains).walk(scan);
  }

  @Override
  public Content content(long id) throws MediaException {
    Budget budget = new Budget(bounds);
    Chains chains = new Chains(table.spending(budget), layout.heap(), budget);
    try {
      Optional<Storage> storage = storage(id, budget);
      return storage.isPresent()
          ? contents(chains).content(storage.get())
          : new Content.Unreadable("record %d: no file's".formatted(id));
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return new Content.Unreadable(e.getMessage());
    }
  }

  private Optional<Storage> storage(long id, Budget budget) throws MediaException {
    if (id <= 0 || id > Long.MAX_VALUE / RecordSink.SIZE) {
      return Optional.empty();
    }
    long position = id * RecordSink.SIZE;
    if (!layout.holdsRecord(position)) {
      return Optional.empty();
    }
    ByteBuffer record = ByteBuffer.allocate(RecordSink.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    budget.chargeRead(RecordSink.SIZE);
    claimed.read(position, record);
    return dialect.file(record.flip());
  }

  @Override
  public Coverage coverage() throws MediaException {
    Chains chains = chains();
    AllocationMap map = dialect.map(new MapSources(contents(chains), chains));
    return new CoverageProof(layout, chains, map, () -> walk(chains)).prove();
  }
}
