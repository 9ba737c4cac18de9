package org.diskferry.media.crypt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Tool;

/// What the tests of this room share: passwords tried, bytes read, scripts run.
final class Volumes {
  private Volumes() {}

  static Trial open(byte[] volume, String password, int pim) throws MediaException {
    return open(new MemorySource(volume), password, pim);
  }

  // Left open: the tests read what was opened, and nothing but memory is held.
  static Trial open(BlockSource volume, String password, int pim) throws MediaException {
    return Unlocking.with(password.getBytes(UTF_8), pim, Stop.NEVER).open(volume);
  }

  static CryptVolume opened(byte[] volume, String password, int pim) throws MediaException {
    Trial trial = open(volume, password, pim);
    if (trial instanceof Trial.Opened(CryptVolume opened)) {
      return opened;
    }
    throw new AssertionError("not opened: " + trial);
  }

  /// One header with one hash: all of them would take minutes.
  static List<Attempts.Found> attempt(
      Program program, HeaderPlace place, Hash hash, byte[] header, String password, int pim) {
    return new Attempts(password.getBytes(UTF_8), pim, Stop.NEVER, new Effort(Headway.UNSEEN, 0))
        .run(List.of(new Attempts.Candidate(program, place, hash, header)));
  }

  static byte[] bytes(BlockSource source) throws MediaException {
    byte[] bytes = new byte[Math.toIntExact(source.size())];
    source.read(0, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /// A script of the test resources as a file that a program can be given.
  static Path script(String name, Path folder) throws IOException {
    Path script = folder.resolve(name);
    try (var in = Volumes.class.getResourceAsStream("/crypt/" + name)) {
      Files.write(script, java.util.Objects.requireNonNull(in, name).readAllBytes());
    }
    return script;
  }

  /// Makes volumes by libgcrypt: one a line, as the script says.
  static void make(List<String> lines, Path folder) throws IOException, InterruptedException {
    Path script = script("make_volumes.py", folder);
    Path jobs = Files.write(folder.resolve("jobs"), lines);
    Tool.run("sh", "-c", "exec python3 \"$0\" < \"$1\"", script.toString(), jobs.toString());
  }
}
