package org.diskferry.media.fs.ext;

import org.diskferry.media.Budget;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.fs.Volume;

/// The journal of a volume, if it has one, and whether it was waiting.
final class Journal {
  /// What the journal came to.
  ///
  /// @param replay what it replaces
  /// @param changes what fast commits changed behind it
  /// @param wasWaiting whether transactions were to be replayed
  record Outcome(Replay replay, FastChanges changes, boolean wasWaiting) {
    /// How a volume was put away, by this and its superblock.
    Volume.State state(Superblock superblock, boolean wasMounted) {
      if (wasWaiting) {
        return Volume.State.REPLAYED;
      }
      return superblock.isClean() && !wasMounted ? Volume.State.CLEAN : Volume.State.DIRTY;
    }
  }

  private static final Outcome NOTHING = new Outcome(Replay.none(), new FastChanges(), false);

  private final BlockSource volume;
  private final SuperblockSearch.Found found;
  private final Layout layout;
  private final Budget budget;

  Journal(BlockSource volume, SuperblockSearch.Found found, Budget budget) {
    this.volume = volume;
    this.found = found;
    this.layout = found.layout();
    this.budget = budget;
  }

  /// Reads what is waiting. A backup of the superblock does not know whether something is: then the
  /// journal itself is asked.
  Outcome replay() throws MediaException {
    boolean mayWait = layout.has(Feature.NEEDS_RECOVERY) || !found.isPrimary();
    if (!layout.has(Feature.HAS_JOURNAL) || !mayWait) {
      return NOTHING;
    }
    if (layout.superblock().journalInode() == 0) {
      if (!found.isPrimary()) {
        return NOTHING;
      }
      throw MediaException.unsupported(
          "its journal is on another device (UUID %s) and was not emptied: unmount it where both are"
              .formatted(layout.superblock().journalUuid()));
    }
    Blocks blocks = new Blocks(volume, layout.geometry(), budget);
    JournalLog log = log(blocks);
    JournalSuperblock journal =
        JournalSuperblock.read(log.block(0), layout.geometry().blockSize(), log.length());
    Recovery recovery = new Recovery(log, journal, layout.geometry(), budget);
    Replay replay = recovery.replay();
    return new Outcome(replay, recovery.changes(), !journal.isEmpty());
  }

  private JournalLog log(Blocks blocks) throws MediaException {
    try {
      Groups groups = new Groups(layout, blocks);
      Inode inode =
          new InodeTables(layout, blocks, groups, false).inode(layout.superblock().journalInode());
      return JournalLog.of(inode, layout, blocks);
    } catch (MediaException e) {
      String reason = Groups.reasonUnlessFatal(e);
      if (!layout.superblock().hasJournalBackup()) {
        throw MediaException.damaged("the journal cannot be read: " + reason);
      }
      return JournalLog.of(layout.superblock().journalBackup(), layout, blocks);
    }
  }
}
