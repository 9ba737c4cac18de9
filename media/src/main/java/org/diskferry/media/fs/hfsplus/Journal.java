package org.diskferry.media.fs.hfsplus;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Volume;

/// The journal of a volume, if it has one, and what was waiting in it.
final class Journal {
  /// Who mounts a volume leaves a mark; with another one the journal is not of the last mount.
  private static final int BY_JOURNALING_SYSTEM = 0x4846_534A; // HFSJ

  /// What the journal came to.
  ///
  /// @param place where it is; empty where there is none, or that is not known
  /// @param remarks why what was waiting, or may have been, is not replayed
  record Outcome(Replay replay, Optional<JournalPlace> place, List<String> remarks) {
    Outcome {
      remarks = List.copyOf(remarks);
    }

    /// How the volume was put away, by this and its header.
    Volume.State state(VolumeHeader header, boolean isPrimary) {
      if (!remarks.isEmpty() || !isPrimary) {
        return Volume.State.DIRTY;
      }
      if (!replay.isEmpty()) {
        return Volume.State.REPLAYED;
      }
      return header.isClean() ? Volume.State.CLEAN : Volume.State.DIRTY;
    }
  }

  private final VolumeHeader header;
  private final Blocks blocks;

  Journal(VolumeHeader header, Blocks blocks) {
    this.header = header;
    this.blocks = blocks;
  }

  Outcome replay() throws MediaException {
    if (!header.isJournaled()) {
      return outcome(Optional.empty());
    }
    JournalPlace place;
    try {
      place = JournalPlace.read(header, blocks);
    } catch (MediaException e) {
      return outcome(Optional.empty(), e.localReason());
    }
    if (place.isElsewhere()) {
      return header.isClean()
          ? outcome(Optional.empty())
          : outcome(
              Optional.empty(),
              "its journal is on another device and was not emptied: unmount it where both are");
    }
    if (!place.isWithin(blocks)) {
      return outcome(
          Optional.empty(),
          "the journal of %d bytes at byte %d does not lie on the volume"
              .formatted(place.size(), place.offset()));
    }
    return place.isMade() && header.lastMounted() == BY_JOURNALING_SYSTEM
        ? replay(place)
        : outcome(Optional.of(place));
  }

  private Outcome replay(JournalPlace place) throws MediaException {
    try {
      long base = blocks.space().base() + place.offset();
      ByteBuffer bytes = ByteBuffer.allocate(JournalHeader.LENGTH);
      if (place.size() < bytes.capacity()) {
        throw MediaException.damaged("a journal of " + place.size() + " bytes");
      }
      blocks.budget().chargeRead(bytes.capacity());
      blocks.source().read(base, bytes);
      JournalHeader journal = JournalHeader.read(bytes.flip(), place.size());
      if (journal.isEmpty()) {
        return outcome(Optional.of(place));
      }
      Recovery.Found found = new Recovery(blocks, base, journal).run();
      return new Outcome(found.replay(), Optional.of(place), found.remarks());
    } catch (MediaException e) {
      return outcome(Optional.of(place), e.localReason());
    }
  }

  private static Outcome outcome(Optional<JournalPlace> place, String... remarks) {
    return new Outcome(new Replay(), place, List.of(remarks));
  }
}
