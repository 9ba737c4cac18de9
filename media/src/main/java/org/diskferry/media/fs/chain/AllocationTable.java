package org.diskferry.media.fs.chain;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockSource;
import org.jspecify.annotations.Nullable;

/// The table that says of each cluster which one follows it, read in pages of which some 4 MiB are
/// kept. A sector that cannot be read in one copy is taken from the next. Not thread-safe.
public final class AllocationTable {
  /// The cluster is not used.
  public static final long FREE = 0;

  /// The cluster is the last of its chain.
  public static final long END = -1;

  /// The cluster is marked as one that the medium cannot hold.
  public static final long BAD = -2;

  /// Holds a whole table of FAT12, whose entries cross sectors.
  private static final int PAGE = 1 << 16;

  private static final int KEPT = 64;

  /// Where the table lies.
  ///
  /// @param width of its entries
  /// @param copies bytes of the volume at which each copy begins, the best first
  /// @param entries how many are used, the two in front of the clusters' included
  public record Place(EntryWidth width, List<Long> copies, long entries) {
    /// Copies the list, which must not be empty.
    public Place {
      copies = List.copyOf(copies);
      if (copies.isEmpty()) {
        throw new IllegalArgumentException("a table without a copy");
      }
    }

    /// How many of the entries lie wholly within a medium of `size` bytes, in the copy that is
    /// nearest to its start.
    long entriesWithin(long size) {
      long start = copies.stream().mapToLong(Long::longValue).min().orElseThrow();
      return Math.min(entries, width.entriesIn(Math.max(0, size - start)));
    }

    long bytes() {
      long bytes = width.offset(entries - 1) + width.length();
      return Math.ceilDiv(bytes, (long) Salvage.SECTOR) * Salvage.SECTOR;
    }
  }

  private record Page(long index, ByteBuffer bytes, BitSet lostSectors) {
    boolean hasLost(int at, int length) {
      if (lostSectors.isEmpty()) {
        return false;
      }
      int next = lostSectors.nextSetBit(at / Salvage.SECTOR);
      return next >= 0 && next <= (at + length - 1) / Salvage.SECTOR;
    }
  }

  private final BlockSource volume;
  private final Place place;
  private final Budget budget;
  private final @Nullable Page[] pages;

  /// @param volume may be shorter than the table's place says: what is behind its end is unreadable
  public AllocationTable(BlockSource volume, Place place, Budget budget) {
    this(volume, place, budget, new Page[KEPT]);
  }

  private AllocationTable(BlockSource volume, Place place, Budget budget, @Nullable Page[] pages) {
    this.volume = volume;
    this.place = place;
    this.budget = budget;
    this.pages = pages;
  }

  /// The same table with the pages that are in memory, on another account.
  AllocationTable spending(Budget other) {
    return new AllocationTable(volume, place, other, pages);
  }

  /// The same table with nothing in memory, for another thread.
  AllocationTable fresh(Budget other) {
    return new AllocationTable(volume, place, other);
  }

  /// What follows `cluster`: another one, that need not exist, or [#FREE], [#END] or [#BAD].
  ///
  /// @throws MediaException `UNREADABLE` where no copy has that entry
  public long next(long cluster) throws MediaException {
    return place.width().meaning(raw(cluster));
  }

  /// The entry of `cluster` as it is stored; those of 0 and 1 have meanings of their own.
  public long raw(long cluster) throws MediaException {
    long offset = place.width().offset(cluster);
    int at = (int) (offset % PAGE);
    Page page = page(offset / PAGE);
    if (page.hasLost(at, place.width().length())) {
      throw new MediaException(
          Trouble.UNREADABLE,
          "entry %d of the allocation table: unreadable in every copy".formatted(cluster));
    }
    return place.width().raw(page.bytes(), at, cluster);
  }

  /// Whether no copy has the entry of `cluster`: what [#next] throws for, at less cost.
  boolean isLost(long cluster) throws MediaException {
    long offset = place.width().offset(cluster);
    return page(offset / PAGE).hasLost((int) (offset % PAGE), place.width().length());
  }

  Place place() {
    return place;
  }

  private Page page(long index) throws MediaException {
    int slot = (int) (index % KEPT);
    Page kept = pages[slot];
    if (kept != null && kept.index() == index) {
      return kept;
    }
    Page loaded = load(index);
    pages[slot] = loaded;
    return loaded;
  }

  private Page load(long index) throws MediaException {
    long start = index * PAGE;
    int length = (int) Math.min(PAGE, place.bytes() - start);
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    BitSet lost = new BitSet();
    Salvage salvage = new Salvage(volume, budget);
    salvage.read(
        place.copies().getFirst() + start,
        bytes,
        0,
        length,
        (from, _, _) -> lost.set(from / Salvage.SECTOR));
    for (long copy : place.copies().subList(1, place.copies().size())) {
      mend(salvage, copy + start, bytes, lost);
    }
    return new Page(index, bytes, lost);
  }

  private static void mend(Salvage salvage, long start, ByteBuffer bytes, BitSet lost)
      throws MediaException {
    for (int sector = lost.nextSetBit(0); sector >= 0; sector = lost.nextSetBit(sector + 1)) {
      int from = sector * Salvage.SECTOR;
      lost.clear(sector);
      salvage.read(
          start + from,
          bytes,
          from,
          from + Salvage.SECTOR,
          (failed, _, _) -> lost.set(failed / Salvage.SECTOR));
    }
  }
}
