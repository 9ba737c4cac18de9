package org.diskferry.media.fs.ntfs;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Node;

/// What is known of directories, so that a name's parent can be judged without reading the
/// directory for each of its files. A cache of fixed size in front of the table: it never grows
/// with the disk.
final class Directories {
  /// 12 MiB; a million directories before one is read twice.
  private static final int MOST_SLOTS = 1 << 20;

  /// The bits in which a depth is kept; [org.diskferry.media.Bounds] allows less.
  private static final int MOST_DEPTH = (1 << 13) - 1;

  private static final long EMPTY = -1;

  /// Where a directory stands.
  enum Standing {
    /// Its way up ends at the root.
    ROOTED(0),
    /// It is below the file system's own `$Extend`.
    HIDDEN(1),
    /// It is not there, or is no directory.
    NONE(2),
    /// It is a reparse point that stands for another directory.
    LINK(3),
    /// Its way up leads nowhere, in a circle, or deeper than is believed.
    ADRIFT(4),
    /// It carries another sequence number: its record was used anew.
    REUSED(5);

    private final int code;

    Standing(int code) {
      this.code = code;
    }

    static Standing of(int code) {
      for (Standing standing : values()) {
        if (standing.code == code) {
          return standing;
        }
      }
      throw new IllegalArgumentException("standing " + code);
    }
  }

  private record Fact(Standing standing, int sequence, int depth) {
    int packed() {
      return standing.code | (depth << 3) | (sequence << 16);
    }

    static Fact unpacked(int packed) {
      return new Fact(Standing.of(packed & 7), packed >>> 16, (packed >>> 3) & MOST_DEPTH);
    }
  }

  private record Step(long record, int sequence, FileReference parent) {}

  private final RecordReader reader;
  private final Natures natures;
  private final int mostDepth;
  private final long[] keys;
  private final int[] facts;

  Directories(RecordReader reader, Natures natures) {
    this.reader = reader;
    this.natures = natures;
    this.mostDepth = Math.min(MOST_DEPTH, reader.budget().bounds().depth());
    int slots = (int) Math.min(MOST_SLOTS, Long.highestOneBit(reader.table().records()) * 2);
    this.keys = new long[slots];
    this.facts = new int[slots];
    Arrays.fill(keys, EMPTY);
  }

  /// Takes note of a directory that was just read.
  void learn(FileRecord directory) throws MediaException {
    if (known(directory.number()).isEmpty()) {
      Deque<Step> climbed = new ArrayDeque<>();
      settle(climbed, climb(directory, climbed));
    }
  }

  /// Where the directory that `reference` means stands.
  Standing standing(FileReference reference) throws MediaException {
    Fact fact = fact(reference.record());
    boolean reused = fact.standing() != Standing.NONE && !reference.means(fact.sequence());
    return reused && reference.record() != Metafiles.ROOT ? Standing.REUSED : fact.standing();
  }

  private Fact fact(long record) throws MediaException {
    Optional<Fact> known = known(record);
    if (known.isPresent()) {
      return known.get();
    }
    Deque<Step> climbed = new ArrayDeque<>();
    Optional<FileRecord> directory = read(record);
    return directory.isPresent()
        ? settle(climbed, climb(directory.get(), climbed))
        : keep(record, new Fact(Standing.NONE, 0, 0));
  }

  // Goes up from `start` to the first directory of which something is known, leaving steps behind.
  private Fact climb(FileRecord start, Deque<Step> climbed) throws MediaException {
    FileRecord at = start;
    while (climbed.size() <= mostDepth) {
      reader.budget().chargeStep();
      int sequence = at.base().sequence();
      if (natures.nature(at).kind() == Node.Kind.LINK) {
        return keep(at.number(), new Fact(Standing.LINK, sequence, 0));
      }
      List<FileNameAttribute> names = at.names();
      if (names.isEmpty()) {
        return keep(at.number(), new Fact(Standing.ADRIFT, sequence, 0));
      }
      FileReference parent = names.getFirst().parent();
      climbed.push(new Step(at.number(), sequence, parent));
      Optional<Fact> above = known(parent.record());
      Optional<FileRecord> next = above.isPresent() ? Optional.empty() : read(parent.record());
      if (next.isEmpty()) {
        return above.orElse(new Fact(Standing.NONE, 0, 0));
      }
      at = next.get();
    }
    return new Fact(Standing.ADRIFT, 0, 0);
  }

  private Fact settle(Deque<Step> climbed, Fact top) {
    Fact fact = top;
    while (!climbed.isEmpty()) {
      Step step = climbed.pop();
      fact = keep(step.record(), below(fact, step));
    }
    return fact;
  }

  private Fact below(Fact parent, Step step) {
    boolean same =
        step.parent().record() == Metafiles.ROOT || step.parent().means(parent.sequence());
    Standing standing =
        switch (parent.standing()) {
          case ROOTED, HIDDEN ->
              same && parent.depth() < mostDepth ? parent.standing() : Standing.ADRIFT;
          case NONE, LINK, ADRIFT, REUSED -> Standing.ADRIFT;
        };
    return new Fact(standing, step.sequence(), Math.min(mostDepth, parent.depth() + 1));
  }

  private Optional<Fact> known(long record) {
    if (record == Metafiles.ROOT) {
      return Optional.of(new Fact(Standing.ROOTED, 0, 0));
    }
    if (Metafiles.include(record)) {
      Standing standing = record == Metafiles.EXTEND ? Standing.HIDDEN : Standing.NONE;
      return Optional.of(new Fact(standing, (int) record, 0));
    }
    int slot = slot(record);
    return keys[slot] == record ? Optional.of(Fact.unpacked(facts[slot])) : Optional.empty();
  }

  private Fact keep(long record, Fact fact) {
    int slot = slot(record);
    keys[slot] = record;
    facts[slot] = fact.packed();
    return fact;
  }

  private int slot(long record) {
    return (int) (record & (keys.length - 1));
  }

  private Optional<FileRecord> read(long record) throws MediaException {
    try {
      Segment segment = reader.segment(record);
      return segment.isBase() && segment.directory()
          ? Optional.of(reader.file(segment))
          : Optional.empty();
    } catch (MediaException e) {
      e.localReason();
      return Optional.empty();
    }
  }
}
