package org.diskferry.media.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.diskferry.media.testing.Kit;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Volumes that TrueCrypt and VeraCrypt themselves made. Of their data only the first sector is
/// left; the others were wiped before they came to us.
class KitVolumesTest {
  private static final String LIST = "images/tcrypt/expected.tsv";
  private static final int SECTOR = 512;

  @TempDir private Path folder;

  private record Expected(
      String file, boolean hidden, String password, int pim, long start, long size, String md5) {

    static Expected of(String line) {
      String[] fields = line.split("\t", -1);
      return new Expected(
          fields[0],
          fields[1].equals("hidden"),
          fields[2],
          fields[3].isEmpty() ? 0 : Integer.parseInt(fields[3]),
          Long.parseLong(fields[4]),
          Long.parseLong(fields[5]),
          fields[6]);
    }

    // tc_5-sha512-xts-serpent-twofish-aes: program, hash, mode, ciphers.
    String cipher() {
      String ciphers = file.replaceAll(".*-xts-", "").replace("-hidden", "");
      return ciphers.equals("aes") ? "AES" : "Serpent-Twofish-AES";
    }

    String hash() {
      return switch (file.split("-", -1)[1]) {
        case "sha512" -> "SHA-512";
        case "sha256" -> "SHA-256";
        case "whirlpool" -> "Whirlpool";
        case "ripemd160" -> "RIPEMD-160";
        default -> throw new AssertionError(file);
      };
    }
  }

  @BeforeEach
  void needsXz() {
    Tool.require(KitVolumesTest.class, "xz");
  }

  private byte[] image(String name) throws Exception {
    Path packed = folder.resolve("volume.xz");
    Files.copy(Kit.file(KitVolumesTest.class, "images/tcrypt/" + name + ".img.xz"), packed);
    Tool.run("xz", "-d", packed.toString());
    Path plain = folder.resolve("volume");
    byte[] bytes = Files.readAllBytes(plain);
    Files.delete(plain);
    return bytes;
  }

  private static List<Expected> list() throws Exception {
    return Files.readAllLines(Kit.file(KitVolumesTest.class, LIST)).stream()
        .map(Expected::of)
        .toList();
  }

  @Test
  void everyVolumeOfTheProgramsOpensByItsPassword() throws Exception {
    List<String> opened = new ArrayList<>();
    for (Expected expected : list()) {
      CryptVolume volume =
          Volumes.opened(image(expected.file()), expected.password(), expected.pim());
      assertThat(volume.program())
          .isEqualTo(expected.file().startsWith("tc") ? Program.TRUECRYPT : Program.VERACRYPT);
      assertThat(volume.cipher()).isEqualTo(expected.cipher());
      assertThat(volume.hash()).isEqualTo(expected.hash());
      assertThat(volume.remark()).isEqualTo(expected.hidden() ? "hidden volume" : "");
      assertThat(volume.start()).isEqualTo(expected.start());
      assertThat(volume.bytes().size()).isEqualTo(expected.size());
      ByteBuffer sector = ByteBuffer.allocate(SECTOR);
      volume.bytes().read(0, sector);
      byte[] md5 = MessageDigest.getInstance("MD5").digest(sector.array());
      assertThat(HexFormat.of().formatHex(md5)).as(expected.file()).isEqualTo(expected.md5());
      opened.add(expected.file());
    }
    assertThat(opened).hasSize(9);
  }

  // Those of TrueCrypt: before it looks at copies, VeraCrypt's hashes take minutes.
  @Test
  void theCopyOfAHeaderOpensWhatTheHeaderWould() throws Exception {
    List<Expected> quick = list().stream().filter(e -> e.file().startsWith("tc")).toList();
    assertThat(quick).hasSize(6);
    for (Expected expected : quick) {
      byte[] volume = image(expected.file());
      int header = expected.hidden() ? 64 << 10 : 0;
      byte[] junk = new byte[SECTOR];
      new java.util.Random(1).nextBytes(junk);
      System.arraycopy(junk, 0, volume, header, SECTOR);

      CryptVolume opened = Volumes.opened(volume, expected.password(), expected.pim());

      assertThat(opened.remark()).as(expected.file()).contains("backup header");
      assertThat(opened.start()).isEqualTo(expected.start());
      assertThat(Arrays.copyOf(Volumes.bytes(opened.bytes()), 3))
          .isEqualTo(new byte[] {(byte) 0xEB, 0x3C, (byte) 0x90});
    }
  }
}
