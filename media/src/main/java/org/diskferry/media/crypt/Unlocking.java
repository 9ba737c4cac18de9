package org.diskferry.media.crypt;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.Extent;
import org.diskferry.media.crypt.Attempts.Candidate;
import org.diskferry.media.crypt.Attempts.Found;

/// One password, and what it opened.
///
/// A volume's header does not say by which program, hash and cipher it was made: all are tried, the
/// quick ones of TrueCrypt first, the volume's own headers before their copies. A password that
/// opens nothing costs a second for TrueCrypt and the better part of a minute of one processor for
/// VeraCrypt. What was found out about a header is remembered, so that opening the same volume
/// again costs nothing. Closing wipes the password and all keys, and ends every volume that was
/// opened.
///
/// One thread at a time.
public final class Unlocking implements AutoCloseable {
  /// Largest PIM that VeraCrypt takes for a volume: what makes the repetitions an `int`.
  public static final int LARGEST_PIM = 2_147_468;

  /// Different bytes that 512 random ones have at least: 221 are to be expected, give or take 6.
  private static final int RANDOM_VALUES = 170;

  private static final List<Set<HeaderPlace>> WAVES =
      List.of(
          EnumSet.of(HeaderPlace.PRIMARY, HeaderPlace.HIDDEN, HeaderPlace.OLD_HIDDEN),
          EnumSet.of(HeaderPlace.BACKUP, HeaderPlace.HIDDEN_BACKUP));

  private final byte[] password;
  private final int pim;
  private final Stop stop;
  private final Headway headway;
  private final Map<ByteBuffer, Outcome> known = new HashMap<>();
  private final List<BlockSource> opened = new ArrayList<>();
  private boolean closed;

  /// What is known of the headers of a host.
  private sealed interface Outcome {
    record Opens(Found found, VolumeHeader header) implements Outcome {}

    record Not(Trial trial) implements Outcome {}
  }

  private Unlocking(byte[] password, int pim, Stop stop, Headway headway) {
    this.password = password;
    this.pim = pim;
    this.stop = stop;
    this.headway = headway;
  }

  /// With this password in UTF-8; as [#with(byte\[\], int, Stop, Headway)], and nobody is told how
  /// far it is.
  public static Unlocking with(byte[] password, int pim, Stop stop) {
    return with(password, pim, stop, Headway.UNSEEN);
  }

  /// With this password in UTF-8, which is copied.
  ///
  /// @param pim VeraCrypt's Personal Iterations Multiplier, at most [#LARGEST_PIM]; 0 for none
  /// @param stop asked now and then whether to go on
  /// @param headway told now and then how far it is
  public static Unlocking with(byte[] password, int pim, Stop stop, Headway headway) {
    if (pim < 0 || pim > LARGEST_PIM) {
      throw new IllegalArgumentException("a PIM is 1 to " + LARGEST_PIM);
    }
    return new Unlocking(password.clone(), pim, stop, headway);
  }

  /// Whether the first bytes of `host` are as those of an encrypted volume: without any pattern.
  /// Compressed data and foreign encryption look the same.
  public static boolean looksEncrypted(BlockSource host) throws MediaException {
    if (host.size() < VolumeHeader.LENGTH) {
      return false;
    }
    byte[] first = new byte[VolumeHeader.LENGTH];
    host.read(0, ByteBuffer.wrap(first));
    return looksRandom(first);
  }

  private static boolean looksRandom(byte[] bytes) {
    boolean[] seen = new boolean[256];
    int values = 0;
    for (byte b : bytes) {
      if (!seen[Byte.toUnsignedInt(b)]) {
        seen[Byte.toUnsignedInt(b)] = true;
        values++;
      }
    }
    return values >= RANDOM_VALUES;
  }

  /// Tries the password on a device, a partition or a container.
  ///
  /// @throws MediaException when the host cannot be read any more; a header in a bad sector is not
  ///   an exception
  public Trial open(BlockSource host) throws MediaException {
    return switch (outcome(host)) {
      case Outcome.Opens(var found, var header) -> volume(host, found, header);
      case Outcome.Not(var trial) -> trial;
    };
  }

  /// Opens a volume that was made here, to go on filling it.
  ///
  /// @return empty where the password opens nothing, nobody waited for the end, or the volume is
  ///   not one that is filled: a hidden one, or one that only a copy of its header opens
  public Optional<XtsDevice> openForWriting(BlockDevice host) throws MediaException {
    if (!(outcome(host) instanceof Outcome.Opens(var found, var header))
        || found.candidate().place() != HeaderPlace.PRIMARY) {
      return Optional.empty();
    }
    Extent area = header.area(host.size(), HeaderPlace.PRIMARY);
    XtsKeys keys = new XtsKeys(found.cascade(), header.keys());
    XtsDevice device =
        new XtsDevice(host, area.physical(), area.length(), header.sectorSize(), keys);
    opened.add(device);
    return Optional.of(device);
  }

  private Outcome outcome(BlockSource host) throws MediaException {
    if (closed) {
      throw new IllegalStateException("the password was wiped");
    }
    Map<HeaderPlace, byte[]> headers = headers(host);
    ByteBuffer name = name(host, headers);
    Outcome outcome = known.get(name);
    if (outcome == null) {
      try {
        outcome = attempt(host, headers);
      } catch (CancellationException e) {
        return new Outcome.Not(new Trial.Stopped());
      }
      known.put(name, outcome);
    }
    return outcome;
  }

  private static Map<HeaderPlace, byte[]> headers(BlockSource host) throws MediaException {
    Map<HeaderPlace, byte[]> headers = new EnumMap<>(HeaderPlace.class);
    for (HeaderPlace place : HeaderPlace.values()) {
      long offset = place.offset(host.size());
      if (offset >= 0) {
        byte[] header = new byte[VolumeHeader.LENGTH];
        try {
          host.read(offset, ByteBuffer.wrap(header));
        } catch (MediaException e) {
          if (e.trouble() == Trouble.GONE) {
            throw e;
          }
          continue;
        }
        if (looksRandom(header)) {
          headers.put(place, header);
        }
      }
    }
    return headers;
  }

  private static ByteBuffer name(BlockSource host, Map<HeaderPlace, byte[]> headers) {
    ByteBuffer name =
        ByteBuffer.allocate(
            Long.BYTES + HeaderPlace.values().length * (Long.BYTES + VolumeHeader.LENGTH));
    name.putLong(host.size());
    headers.forEach((place, header) -> name.putLong(place.offset(host.size())).put(header));
    return name.flip();
  }

  // A password that decrypts a header of one program has nothing to look for with the other.
  private Outcome attempt(BlockSource host, Map<HeaderPlace, byte[]> headers) {
    Effort effort = new Effort(headway, cost(headers));
    for (Program program : Program.values()) {
      Outcome outcome = attempt(program, host, headers, effort);
      if (!(outcome instanceof Outcome.Not(Trial.Refused _))) {
        return outcome;
      }
    }
    return new Outcome.Not(new Trial.Refused());
  }

  private long cost(Map<HeaderPlace, byte[]> headers) {
    long cost = 0;
    for (Program program : Program.values()) {
      for (Set<HeaderPlace> wave : WAVES) {
        for (Candidate candidate : candidates(program, wave, headers)) {
          cost += Attempts.cost(candidate, pim);
        }
      }
    }
    return cost;
  }

  private Outcome attempt(
      Program program, BlockSource host, Map<HeaderPlace, byte[]> headers, Effort effort) {
    Outcome first = new Outcome.Not(new Trial.Refused());
    for (Set<HeaderPlace> wave : WAVES) {
      List<Candidate> candidates = candidates(program, wave, headers);
      for (Found found : new Attempts(password, pim, stop, effort).run(candidates)) {
        Outcome outcome = judged(host, found);
        if (outcome instanceof Outcome.Opens) {
          return outcome;
        }
        first = first instanceof Outcome.Not(Trial.Refused _) ? outcome : first;
      }
    }
    return first;
  }

  private List<Candidate> candidates(
      Program program, Set<HeaderPlace> wave, Map<HeaderPlace, byte[]> headers) {
    if (password.length > program.longestPassword()) {
      return List.of();
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Hash hash : Hash.values()) {
      for (HeaderPlace place : wave) {
        byte[] header = headers.get(place);
        if (header != null && hash.isOf(program) && place.isOf(program)) {
          candidates.add(new Candidate(program, place, hash, header));
        }
      }
    }
    return candidates;
  }

  private static Outcome judged(BlockSource host, Found found) {
    return switch (found.reading()) {
      case VolumeHeader.Reading.Good(var header) -> {
        try {
          header.area(host.size(), found.candidate().place());
          yield new Outcome.Opens(found, header);
        } catch (MediaException e) {
          header.wipe();
          boolean damaged = e.trouble() != Trouble.UNSUPPORTED;
          yield new Outcome.Not(new Trial.Useless(e.getMessage(), damaged));
        }
      }
      case VolumeHeader.Reading.Bad(var reason) ->
          new Outcome.Not(
              new Trial.Useless(
                  "the password opens the %s header, but %s"
                      .formatted(found.candidate().program().word(), reason),
                  true));
      case VolumeHeader.Reading.Foreign _ -> new Outcome.Not(new Trial.Refused());
    };
  }

  private Trial volume(BlockSource host, Found found, VolumeHeader header) throws MediaException {
    Candidate by = found.candidate();
    Extent area = header.area(host.size(), by.place());
    BlockSource bytes =
        new XtsSource(
            host,
            area.physical(),
            area.length(),
            header.sectorSize(),
            new XtsKeys(found.cascade(), header.keys()));
    opened.add(bytes);
    return new Trial.Opened(
        new CryptVolume(
            by.program(),
            found.cascade().word(),
            by.hash().word(),
            by.place().remark(),
            area.physical(),
            bytes));
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(password, (byte) 0);
    opened.forEach(BlockSource::close);
    opened.clear();
    for (Outcome outcome : known.values()) {
      if (outcome instanceof Outcome.Opens(_, var header)) {
        header.wipe();
      }
    }
    known.clear();
  }

  /// Without the password.
  @Override
  public String toString() {
    return "Unlocking[" + known.size() + " hosts tried]";
  }
}
