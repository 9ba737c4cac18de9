package org.diskferry.mkfs.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.ExtentsDevice;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.crypt.XtsDevice;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.VolumeMaker;
import org.diskferry.mkfs.container.ContainerState.Stage;

/// Volumes inside a container: a file system of the wanted kind on the medium, on it one file that
/// fills it, that file an encrypted volume, and in it a file system of the same kind, which is what
/// the writer writes to.
///
/// Unless it is made quickly, the container is filled with random bytes before its header is
/// written, so that nobody can tell how much of it is used; that takes as long as the medium takes
/// to be written once, and goes on after a sudden end where it was at the last whole GiB. A sudden
/// end before the container is there leaves nothing to [#resume]: that costs seconds.
///
/// The password is copied, and wiped when this is closed; a writer outlives that, and wipes its own
/// keys when it is closed.
public final class ContainerVolumes implements VolumeMaker, AutoCloseable {
  private final VolumeMaker plain;
  private final Program program;
  private final byte[] password;
  private final String name;
  private final Noise noise;
  private final SecureRandom random;
  private final Watch watch;
  private boolean closed;

  /// What the container holds where nothing is written to it.
  public enum Noise {
    /// Random bytes.
    RANDOM,
    /// What the medium held before. Quick, and tells how much was written.
    LEFT
  }

  /// Whoever waits for the random bytes.
  ///
  /// @param progress is told how many bytes of the container are there, after each few MiB
  /// @param stop whether to stop; asked as often. What is there by then is remembered
  public record Watch(LongConsumer progress, Stop stop) {
    /// Nobody.
    public static final Watch NONE = new Watch(bytes -> {}, Stop.NEVER);
  }

  /// Containers of the name `name` that `program` opens by `password` (UTF-8), on volumes and
  /// holding volumes that `plain` makes.
  ///
  /// @param random for keys and salts
  /// @throws IllegalArgumentException when the program takes no such password
  public ContainerVolumes(
      VolumeMaker plain,
      Program program,
      byte[] password,
      String name,
      Noise noise,
      SecureRandom random,
      Watch watch) {
    if (!program.takes(password)) {
      throw new IllegalArgumentException(
          program.word() + " takes no password of " + password.length + " bytes");
    }
    this.plain = plain;
    this.program = program;
    this.password = password.clone();
    this.name = name;
    this.noise = noise;
    this.random = random;
    this.watch = watch;
  }

  /// As [VolumeMaker#make].
  ///
  /// @throws CancellationException when it was stopped: [#resume] goes on
  @Override
  public ContainerWriter make(BlockDevice medium, NewVolume volume, Path folder)
      throws MkfsException {
    requireOpen();
    ContainerState state = new ContainerState(folder);
    state.delete();
    ContainerFile file = new ContainerFile(plain, name);
    file.make(medium, volume, folder(folder, "outer"));
    ExtentsDevice host = file.find(medium);
    state.begin(file.fingerprint(), noise == Noise.RANDOM ? 0 : host.size());
    return fill(host, volume, folder, state);
  }

  /// As [VolumeMaker#resume].
  ///
  /// @throws CancellationException when it was stopped: [#resume] goes on
  @Override
  public ContainerWriter resume(BlockDevice medium, NewVolume volume, Path folder)
      throws MkfsException {
    requireOpen();
    ContainerState state = ContainerState.read(folder);
    ContainerFile file = new ContainerFile(plain, name);
    ExtentsDevice host = file.find(medium);
    if (!state.fingerprint().equals(file.fingerprint())) {
      throw new MkfsException(
          Trouble.INCONSISTENT, name + " does not lie where it was when it was made");
    }
    return state.stage() == Stage.NOISE
        ? fill(host, volume, folder, state)
        : reopen(host, volume, folder, state);
  }

  private ContainerWriter fill(
      ExtentsDevice host, NewVolume volume, Path folder, ContainerState state)
      throws MkfsException {
    try {
      new RandomFill(host, random, watch).goOn(state);
      XtsDevice inside =
          org.diskferry.media.crypt.NewVolume.of(program, random).create(host, password);
      try {
        host.force();
        state.reach(Stage.EMPTY);
        return begin(inside, inside::close, volume, folder, state);
      } catch (MkfsException | MediaException | RuntimeException e) {
        inside.close();
        throw e;
      }
    } catch (MediaException e) {
      throw new MkfsException(Trouble.DEVICE, e.getMessage(), e);
    }
  }

  private ContainerWriter begin(
      XtsDevice inside, Runnable wipe, NewVolume volume, Path folder, ContainerState state)
      throws MkfsException {
    ContainerWriter writer =
        new ContainerWriter(plain.make(inside, volume, folder(folder, "inner")), inside, wipe);
    state.reach(Stage.FILLING);
    return writer;
  }

  private ContainerWriter reopen(
      ExtentsDevice host, NewVolume volume, Path folder, ContainerState state)
      throws MkfsException {
    Unlocking unlocking = Unlocking.with(password, 0, watch.stop());
    try {
      XtsDevice inside = unlock(host, unlocking);
      return state.stage() == Stage.EMPTY
          ? begin(inside, unlocking::close, volume, folder, state)
          : new ContainerWriter(
              plain.resume(inside, volume, folder(folder, "inner")), inside, unlocking::close);
    } catch (MkfsException | RuntimeException e) {
      unlocking.close();
      throw e;
    }
  }

  private XtsDevice unlock(ExtentsDevice host, Unlocking unlocking) throws MkfsException {
    try {
      return unlocking
          .openForWriting(host)
          .orElseThrow(() -> {
            if (watch.stop().isWanted()) {
              throw new CancellationException("stopped while " + name + " was being opened");
            }
            return new MkfsException(Trouble.INCONSISTENT, "the password does not open " + name);
          });
    } catch (MediaException e) {
      throw new MkfsException(Trouble.DEVICE, e.getMessage(), e);
    }
  }

  private static Path folder(Path parent, String name) throws MkfsException {
    try {
      return Files.createDirectories(parent.resolve(name));
    } catch (IOException e) {
      throw new MkfsException(Trouble.CRASHED, parent + " cannot be written to: " + e, e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the password was wiped");
    }
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(password, (byte) 0);
  }
}
