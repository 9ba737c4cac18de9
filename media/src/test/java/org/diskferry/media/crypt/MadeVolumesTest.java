package org.diskferry.media.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.diskferry.media.block.Extent;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Whole volumes with every cipher and hash, byte for byte. What is held by which evidence:
///
/// | what | volumes of the programs (kit; header and first sector) | tcplay | libgcrypt by the script |
/// |---|---|---|---|
/// | AES | TrueCrypt, VeraCrypt | header; whole volume, its data by libgcrypt | whole volume |
/// | Serpent-Twofish-AES | TrueCrypt | header | whole volume |
/// | Serpent, Twofish, and TrueCrypt's other cascades | – | header | whole volume |
/// | Camellia, Camellia-Serpent | – | – | whole volume |
/// | Kuznyechik and its cascades | – | – | whole volume; the cipher after RFC 7801, in the script |
/// | RIPEMD-160 | TrueCrypt | header | both programs |
/// | SHA-512 | TrueCrypt, VeraCrypt | header | both |
/// | SHA-256 | VeraCrypt | – | VeraCrypt |
/// | Whirlpool | TrueCrypt | header | both |
/// | BLAKE2s-256, Streebog | – | – | VeraCrypt |
/// | repetitions without a PIM | SHA-512, SHA-256; TrueCrypt's three | RIPEMD-160 | the other four of VeraCrypt; TrueCrypt's three |
/// | PIM | 1234 | – | 1 |
/// | hidden volume | TrueCrypt | – | both |
/// | copies of headers | TrueCrypt | – | – |
/// | TrueCrypt 5 (header version 3) | – | – | – (`VolumeHeaderTest`, by hand, after the specification) |
class MadeVolumesTest {
  private static final int DATA = 16 << 10;
  private static final String PASSWORD = "pässwörd 'n' all";
  private static final String PIM = "1";

  @TempDir private static Path folder;
  private static byte[] plain = {};
  private static final List<Made> MADE = new ArrayList<>();

  private record Made(Program program, Hash hash, Cascade cascade, String place, boolean pim) {
    String name() {
      return String.join(
          " ", program.word(), hash.word(), cascade.word(), place, pim ? "with PIM" : "");
    }

    Path file() {
      return folder.resolve(name().replace(' ', '_'));
    }

    String line(Path data) {
      return String.join(
          "\t",
          program.word(),
          hash.word(),
          cascade.word(),
          pim ? PIM : "0",
          PASSWORD,
          data.toString(),
          file().toString(),
          place);
    }
  }

  @BeforeAll
  static void make() throws Exception {
    Tool.require(MadeVolumesTest.class, "python3");
    NotRun.unless(
        Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/libgcrypt.so.20")),
        MadeVolumesTest.class,
        "volumes of another implementation",
        "libgcrypt20");
    plain = new byte[DATA];
    new Random(7).nextBytes(plain);
    Path data = Files.write(folder.resolve("plain"), plain);
    Cascade aes = Cascade.ALL.getFirst();
    for (Cascade cascade : Cascade.ALL) {
      if (cascade.isOf(Program.TRUECRYPT)) {
        MADE.add(new Made(Program.TRUECRYPT, Hash.SHA_512, cascade, "primary", false));
      }
      MADE.add(new Made(Program.VERACRYPT, Hash.SHA_512, cascade, "primary", true));
    }
    for (Hash hash : Hash.values()) {
      if (hash.isOf(Program.TRUECRYPT)) {
        MADE.add(new Made(Program.TRUECRYPT, hash, aes, "primary", false));
      }
      MADE.add(new Made(Program.VERACRYPT, hash, aes, "primary", true));
    }
    MADE.add(new Made(Program.VERACRYPT, Hash.SHA_512, aes, "hidden", true));
    MADE.add(new Made(Program.TRUECRYPT, Hash.WHIRLPOOL, aes, "hidden", false));
    Volumes.make(MADE.stream().distinct().map(made -> made.line(data)).toList(), folder);
  }

  @TestFactory
  List<DynamicTest> everyCipherAndHashGivesBackWhatAnotherLibraryEncrypted() {
    return MADE.stream()
        .distinct()
        .map(made -> DynamicTest.dynamicTest(made.name(), () -> check(made)))
        .toList();
  }

  // Cascades of VeraCrypt by their own hash alone: with all of them each takes seconds.
  private static void check(Made made) throws Exception {
    byte[] volume = Files.readAllBytes(made.file());
    int pim = made.pim() ? Integer.parseInt(PIM) : 0;
    if (made.pim() && made.place().equals("primary")) {
      checkByItsHash(made, volume, pim);
      return;
    }

    CryptVolume opened = Volumes.opened(volume, PASSWORD, pim);

    assertThat(opened.program()).isEqualTo(made.program());
    assertThat(opened.cipher()).isEqualTo(made.cascade().word());
    assertThat(opened.hash()).isEqualTo(made.hash().word());
    assertThat(opened.remark()).isEqualTo(made.place().equals("hidden") ? "hidden volume" : "");
    assertThat(Volumes.bytes(opened.bytes())).isEqualTo(plain);
  }

  private static void checkByItsHash(Made made, byte[] volume, int pim) throws Exception {
    byte[] header = Arrays.copyOf(volume, VolumeHeader.LENGTH);
    Attempts.Found found =
        Volumes.attempt(made.program(), HeaderPlace.PRIMARY, made.hash(), header, PASSWORD, pim)
            .getFirst();
    assertThat(found.cascade()).isEqualTo(made.cascade());
    if (!(found.reading() instanceof VolumeHeader.Reading.Good(VolumeHeader good))) {
      throw new AssertionError(found.reading());
    }
    Extent area = good.area(volume.length, HeaderPlace.PRIMARY);
    XtsKeys keys = new XtsKeys(found.cascade(), good.keys());
    XtsSource data =
        new XtsSource(
            new MemorySource(volume), area.physical(), area.length(), good.sectorSize(), keys);
    assertThat(Volumes.bytes(data)).isEqualTo(plain);
  }

  // Opened by their own hash alone: with all of them it would take minutes.
  @Test
  void withoutAPimVeraCryptRepeatsEachHashAsOftenAsWeDo() throws Exception {
    Cascade aes = Cascade.ALL.getFirst();
    List<Made> plainMade = new ArrayList<>();
    // Of the other two the kit has volumes by VeraCrypt itself.
    for (Hash hash : EnumSet.complementOf(EnumSet.of(Hash.SHA_512, Hash.SHA_256))) {
      plainMade.add(new Made(Program.VERACRYPT, hash, aes, "primary", false));
    }
    Path data = folder.resolve("plain");
    Volumes.make(plainMade.stream().map(made -> made.line(data)).toList(), folder);
    for (Made made : plainMade) {
      byte[] header = Arrays.copyOf(Files.readAllBytes(made.file()), VolumeHeader.LENGTH);
      List<Attempts.Found> found =
          Volumes.attempt(made.program(), HeaderPlace.PRIMARY, made.hash(), header, PASSWORD, 0);
      assertThat(found).as(made.name()).hasSize(1);
    }
  }
}
