package org.diskferry.mkfs.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.MkfsException.Trouble;

/// The file `container` in a volume's folder: how far the making of a container has come. It is
/// replaced as a whole, durably. See docs/formats.md.
final class ContainerState {
  private static final String NAME = "container";
  private static final String MAGIC = "DISKFERRY CONTAINER 1";
  private static final Pattern FORM =
      Pattern.compile(
          MAGIC + "\nstage:(noise|empty|filling)\nrandom:([0-9]{1,18})\nruns:([0-9a-f]{64})\n");

  private final Path folder;
  private Stage stage = Stage.NOISE;
  private long randomBytes;
  private String fingerprint = "";

  /// What is there; each has what those before it have.
  enum Stage {
    /// The file.
    NOISE,
    /// The header.
    EMPTY,
    /// The inner volume.
    FILLING
  }

  ContainerState(Path folder) {
    this.folder = folder;
  }

  /// What was stored.
  ///
  /// @throws MkfsException `INCONSISTENT` where nothing was, or something else
  static ContainerState read(Path folder) throws MkfsException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      throw new MkfsException(Trouble.INCONSISTENT, "no container was begun in " + folder);
    }
    try {
      Matcher form = FORM.matcher(Files.readString(file, US_ASCII));
      if (!form.matches()) {
        throw new MkfsException(Trouble.INCONSISTENT, file + " is not what was stored");
      }
      ContainerState state = new ContainerState(folder);
      state.stage = Stage.valueOf(form.group(1).toUpperCase(Locale.ROOT));
      state.randomBytes = Long.parseLong(form.group(2));
      state.fingerprint = form.group(3);
      return state;
    } catch (IOException e) {
      throw new MkfsException(Trouble.INCONSISTENT, file + " cannot be read: " + e, e);
    }
  }

  Stage stage() {
    return stage;
  }

  /// Bytes from the container's first on that are random, or are left as they are.
  long randomBytes() {
    return randomBytes;
  }

  /// Where the file lies.
  String fingerprint() {
    return fingerprint;
  }

  /// Forgets an older one.
  void delete() throws MkfsException {
    try {
      Files.deleteIfExists(folder.resolve(NAME));
      forceFolder();
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  /// The file is there, and so many of its bytes need not be written.
  void begin(String where, long bytes) throws MkfsException {
    fingerprint = where;
    randomBytes = bytes;
    store();
  }

  /// So many bytes are random.
  void filled(long bytes) throws MkfsException {
    randomBytes = bytes;
    store();
  }

  void reach(Stage next) throws MkfsException {
    stage = next;
    store();
  }

  private void store() throws MkfsException {
    String text =
        "%s\nstage:%s\nrandom:%d\nruns:%s\n"
            .formatted(MAGIC, stage.name().toLowerCase(Locale.ROOT), randomBytes, fingerprint);
    Path fresh = folder.resolve(NAME + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      Files.move(fresh, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
      forceFolder();
    } catch (IOException e) {
      throw notKept(e);
    }
  }

  private void forceFolder() throws IOException {
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    }
  }

  private MkfsException notKept(IOException e) {
    return new MkfsException(
        Trouble.CRASHED, "the state of a container cannot be kept in " + folder + ": " + e, e);
  }
}
