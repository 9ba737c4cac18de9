package org.diskferry.media.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A whole AES volume with no code of ours in it: tcplay makes its headers and keys, cryptsetup
/// tells the keys, and libgcrypt encrypts the data by them. (tcplay itself would leave that to a
/// kernel with device-mapper.)
public final class TcplayVolume {
  private static final Pattern KEYS = Pattern.compile("MK dump:\\s*((?:[0-9a-f]{2}\\s+)+)");

  /// Bytes of the headers at both ends.
  private static final long OVERHEAD = 256 << 10;

  private TcplayVolume() {}

  /// Aborts `test` by [NotRun] where anything that it takes is missing.
  public static void require(Class<?> test) {
    Tool.requireToMount(test, "tcplay", "losetup", "cryptsetup", "python3");
    NotRun.unless(
        Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/libgcrypt.so.20")),
        test,
        "volumes of another implementation",
        "libgcrypt20");
  }

  /// Makes the file `volume` with all of `plain`, an image in whole sectors, inside; `folder` is
  /// for what is needed on the way.
  ///
  /// @param hash as tcplay calls it: `RIPEMD160`, `SHA512`, `whirlpool`
  public static Path make(Path plain, Path volume, String hash, String password, Path folder)
      throws IOException, InterruptedException {
    try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
      file.setLength(Files.size(plain) + OVERHEAD);
    }
    create(volume, hash, password, script("tcplay.py", folder));
    Path keys = Files.writeString(folder.resolve("keys"), keys(volume, password, folder));
    Tool.run(
        "sh",
        "-c",
        "exec python3 \"$0\" \"$1\" \"$2\" < \"$3\"",
        script("fill_volume.py", folder).toString(),
        plain.toString(),
        volume.toString(),
        keys.toString());
    return volume;
  }

  private static void create(Path volume, String hash, String password, Path script)
      throws IOException, InterruptedException {
    String loop = Tool.run("losetup", "-f", "--show", volume.toString()).strip();
    try {
      Tool.run(
          "python3",
          script.toString(),
          password,
          "-c",
          "-d",
          loop,
          "-a",
          hash,
          "-b",
          "AES-256-XTS",
          "-z",
          "-w");
    } finally {
      Tool.run("losetup", "-d", loop);
    }
  }

  private static String keys(Path volume, String password, Path folder)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("password"), password);
    String said =
        Tool.run(
            "sh",
            "-c",
            "exec cryptsetup tcryptDump --batch-mode --dump-master-key \"$0\" - < \"$1\"",
            volume.toString(),
            file.toString());
    Matcher keys = KEYS.matcher(said);
    if (!keys.find()) {
      throw new IOException("cryptsetup tells no keys: " + said);
    }
    return keys.group(1).replaceAll("\\s", "");
  }

  private static Path script(String name, Path folder) throws IOException {
    Path script = folder.resolve(name);
    try (InputStream in = TcplayVolume.class.getResourceAsStream("/crypt/" + name)) {
      Files.write(script, Objects.requireNonNull(in, name).readAllBytes());
    }
    return script;
  }
}
