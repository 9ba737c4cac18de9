package org.diskferry.tool.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.diskferry.media.crypt.Headway;
import org.diskferry.media.crypt.Stop;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.fs.fat.CodePages;
import org.diskferry.media.stack.Hints;
import org.diskferry.tool.screen.Bar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options that say of a disk what it does not say itself. A password comes from a file, never
/// from the command line, which every user of the machine can see.
final class HintsOption {
  /// Longest password of either program, and a line end.
  private static final int LONGEST = 128;

  private static final long PERCENT = 100;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "the file whose first line is the password of a TrueCrypt or VeraCrypt volume; a wrong"
              + " one takes most of a minute to be found out")
  private @Nullable Path passwordFile;

  @Option(names = "--pim", paramLabel = "N", description = "VeraCrypt's PIM of the volume")
  private int pim;

  @Option(
      names = "--container",
      paramLabel = "NAME.tc",
      description = "look into this container at the top of the disk")
  private String container = "";

  @Option(
      names = "--code-page",
      paramLabel = "NUMBER",
      description =
          "the OEM code page of FAT's short names and labels, such as 850 or 932 (default: 437)")
  private int codePage = 437;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// A caller's to close: wipes the password. How far trying it is goes to `bar`.
  Opened open(Bar bar) throws IOException {
    if (pim < 0 || pim > Unlocking.LARGEST_PIM) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--pim: a PIM is 1 to " + Unlocking.LARGEST_PIM);
    }
    Charset charset =
        CodePages.of(codePage)
            .orElseThrow(() ->
                new CommandLine.ParameterException(
                    spec.commandLine(), "--code-page: possible values: " + known()));
    Path file = passwordFile;
    if (file == null) {
      return new Opened(null, container, charset);
    }
    byte[] password = read(file);
    try {
      return new Opened(
          Unlocking.with(password, pim, Stop.NEVER, percent(bar)), container, charset);
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  private static String known() {
    return CodePages.numbers().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  // In steps that mean nothing to anybody: people see a percentage.
  private static Headway percent(Bar bar) {
    return (done, all) -> bar.at(PERCENT * done / Math.max(1, all), PERCENT);
  }

  private static byte[] read(Path file) throws IOException {
    byte[] bytes = new byte[LONGEST + 2];
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.readNBytes(bytes, 0, bytes.length);
      int end = 0;
      while (end < length && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      if (end == 0 || end > LONGEST) {
        throw new IOException(
            file + ": its first line has " + (end == 0 ? "no password" : "more than 128 bytes"));
      }
      return Arrays.copyOf(bytes, end);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// What was given.
  record Opened(@Nullable Unlocking unlocking, String container, Charset codePage)
      implements AutoCloseable {
    Hints hints() {
      return new Hints(unlocking, container, codePage);
    }

    @Override
    public void close() {
      if (unlocking != null) {
        unlocking.close();
      }
    }
  }
}
