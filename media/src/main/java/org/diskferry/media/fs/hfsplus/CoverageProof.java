package org.diskferry.media.fs.hfsplus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ClaimWindow;
import org.diskferry.media.fs.Coverage;
import org.diskferry.media.fs.Ranges;

/// Compares the map of used blocks with what all forks claim, the file system's own included. A
/// volume that is too large for one set of bits is done in several passes over the catalogue.
final class CoverageProof {
  /// 64 MiB of bits: 2 TiB in blocks of 4 KiB a pass.
  private static final long WINDOW = 1L << 29;

  private final Structures structures;
  private final SystemFiles system;
  private final Optional<JournalPlace> journal;
  private final Space space;
  private final Ranges unexplained = new Ranges();
  private final Ranges contested = new Ranges();
  private final List<String> exceptions = new ArrayList<>();
  private ClaimWindow claims = new ClaimWindow(0, 0, contested);
  private long allocated;
  private long explained;
  private long badBlocks;
  private long openFiles;
  private boolean hasJournalFile;
  private boolean hasJournalDescription;

  CoverageProof(Structures structures, SystemFiles system, Optional<JournalPlace> journal) {
    this.structures = structures;
    this.system = system;
    this.journal = journal;
    this.space = structures.blocks().space();
  }

  Coverage prove() throws MediaException {
    long present = present();
    AllocationFile map =
        new AllocationFile(
            structures
                .blocks()
                .special(
                    structures.header().allocation(),
                    structures.extents().of(ExtentsFile.ALLOCATION, ExtentsFile.Which.DATA)),
            structures.budget(),
            present);
    for (long start = 0; start < present; start += WINDOW) {
      claims = new ClaimWindow(start, Math.min(WINDOW, present - start), contested);
      badBlocks = 0;
      openFiles = 0;
      claimAll();
      compare(map);
    }
    exceptions.addAll(map.reasons());
    if (present < space.blocks()) {
      long missing = space.blocks() - present;
      exceptions.add("blocks from %d on lie behind the end of the medium".formatted(present));
      allocated += missing;
      unexplained.add(present, missing);
    }
    noteExceptions();
    return new Coverage(
        space.blockSize(), allocated, explained, unexplained.all(), contested.all(), exceptions);
  }

  // Blocks that the medium has: an image may have been cut short.
  private long present() {
    long bytes = Math.max(0, structures.blocks().source().size() - space.base());
    return Math.min(space.blocks(), bytes / space.blockSize());
  }

  private void noteExceptions() {
    if (badBlocks > 0) {
      exceptions.add(badBlocks + " blocks that the volume lists as bad");
    }
    if (openFiles > 0) {
      exceptions.add(
          openFiles + " files were deleted while they were open; their blocks are not free yet");
    }
  }

  private void compare(AllocationFile map) throws MediaException {
    for (long index = claims.firstWord(); index < claims.endWord(); index++) {
      long used = map.word(index);
      long claimed = claims.word(index);
      allocated += Long.bitCount(used);
      explained += Long.bitCount(used & claimed);
      unexplained.addBits(index * Long.SIZE, used & ~claimed);
      contested.addBits(index * Long.SIZE, claimed & ~used);
    }
  }

  private void claimAll() throws MediaException {
    claimHeaders();
    VolumeHeader header = structures.header();
    claimSpecial(header.allocation(), ExtentsFile.ALLOCATION);
    claimSpecial(header.extents(), ExtentsFile.CNID);
    claimSpecial(header.catalogue(), ExtentsFile.CATALOGUE);
    claimSpecial(header.attributesFork(), ExtentsFile.ATTRIBUTES);
    claimSpecial(header.startup(), ExtentsFile.STARTUP);
    claimBadBlocks();
    new LeafWalk(structures.catalogue().tree(), new Files()).walk();
    if (structures.attributes().tree() instanceof BTree attributes) {
      new LeafWalk(attributes, new Attributes()).walk();
    }
    claimJournal();
  }

  // The header with the boot blocks before it, and the alternate one with the sector behind it.
  private void claimHeaders() {
    long size = space.blockSize();
    long first = Math.ceilDiv(VolumeHeader.OFFSET + (long) VolumeHeader.LENGTH, size);
    claims.claim(0, first);
    long last = (space.bytes() - VolumeHeader.OFFSET) / size;
    claims.claim(last, space.blocks() - last);
  }

  private void claimSpecial(Fork fork, long cnid) throws MediaException {
    claim(fork, structures.extents().of(cnid, ExtentsFile.Which.DATA));
  }

  private void claim(BlockRun run) {
    claims.claim(run.start(), run.count());
  }

  private void claim(Fork fork, Overflow overflow) throws MediaException {
    try {
      structures.blocks().walk(fork, overflow, this::claim);
    } catch (MediaException e) {
      // Its content says so; what was not reached stays unexplained.
      e.localReason();
    }
  }

  private void claimBadBlocks() throws MediaException {
    Overflow bad = structures.extents().of(ExtentsFile.BAD_BLOCKS, ExtentsFile.Which.DATA);
    long mapped = 0;
    try {
      List<BlockRun> runs = bad.next(mapped);
      while (!runs.isEmpty()) {
        for (BlockRun run : runs) {
          structures.budget().chargeStep();
          if (space.holds(run)) {
            claim(run);
          }
          mapped += run.count();
        }
        runs = bad.next(mapped);
      }
      badBlocks = mapped;
    } catch (MediaException e) {
      e.localReason();
    }
  }

  // A journal that no file of the catalogue stands for.
  private void claimJournal() {
    if (journal.isEmpty()) {
      return;
    }
    if (!hasJournalDescription) {
      claims.claimShared(structures.header().journalInfoBlock(), 1);
    }
    JournalPlace place = journal.get();
    if (!hasJournalFile && place.isWithin(structures.blocks())) {
      long first = place.offset() / space.blockSize();
      long end = Math.ceilDiv(place.offset() + place.size(), (long) space.blockSize());
      claims.claimShared(first, end - first);
    }
  }

  /// What files claim, those included that no user sees.
  private final class Files extends CatalogueVisitor {
    @Override
    void found(Found found) throws MediaException {
      if (!(found.record() instanceof CatalogRecord.File file)) {
        return;
      }
      if (system.isJournal(found.key(), file)) {
        boolean isDescription =
            file.data().first().getFirst().start() == structures.header().journalInfoBlock();
        hasJournalDescription |= isDescription;
        hasJournalFile |= !isDescription;
      }
      boolean isLinked = found.key().parent() == system.linkedFiles();
      if (isLinked && LinkedFiles.number(found.key().name()) < 0) {
        openFiles++;
      }
      claim(file.data(), structures.extents().of(file.cnid(), ExtentsFile.Which.DATA));
      claim(file.resource(), structures.extents().of(file.cnid(), ExtentsFile.Which.RESOURCE));
    }

    @Override
    public void damage(String reason) {}
  }

  /// What attributes claim that are too large for their records.
  private final class Attributes implements LeafWalk.Visitor {
    @Override
    public void leaf(BTreeNode leaf) throws MediaException {
      for (int i = 0; i < leaf.records(); i++) {
        structures.budget().chargeStep();
        try {
          switch (AttributeValue.read(leaf.value(i))) {
            case AttributeValue.Bytes _ -> {}
            case AttributeValue.Forked(Fork fork) -> claimRuns(fork.first());
            case AttributeValue.Runs(List<BlockRun> runs) -> claimRuns(runs);
          }
        } catch (MediaException e) {
          e.localReason();
        }
      }
    }

    private void claimRuns(List<BlockRun> runs) {
      for (BlockRun run : runs) {
        if (space.holds(run)) {
          claim(run);
        }
      }
    }

    @Override
    public void damage(String reason) {}
  }
}
