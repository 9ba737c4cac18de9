package org.diskferry.media.crypt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.testing.MemorySource;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Volumes that we make open by other programs, and those of other programs by us.
class NewVolumeTest {
  private static final String PASSWORD = "Guide L2235: SimpleButEasilyCrackedEXAMPLE";
  private static final int SIZE = 1 << 20;
  private static final Pattern MASTER_KEY = Pattern.compile("MK dump:\\s*((?:[0-9a-f]{2}\\s+)+)");

  @TempDir private Path folder;
  private Path image = Path.of("");

  @BeforeEach
  void makeImage() throws Exception {
    image = folder.resolve("volume");
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE);
    }
  }

  private byte[] make(Program program) throws Exception {
    byte[] content = new byte[3000];
    new Random(11).nextBytes(content);
    try (BlockDevice device = Devices.openExclusively(image);
        XtsDevice data =
            NewVolume.of(program, new SecureRandom()).create(device, PASSWORD.getBytes(UTF_8))) {
      data.zero(0, data.size());
      // Neither begins nor ends with a sector.
      data.write(700, ByteBuffer.wrap(content));
      data.force();
    }
    byte[] expected = new byte[SIZE - (256 << 10)];
    System.arraycopy(content, 0, expected, 700, content.length);
    return expected;
  }

  private String dump(String... more) throws Exception {
    Tool.require(NewVolumeTest.class, "cryptsetup");
    Path key = Files.writeString(folder.resolve("password"), PASSWORD);
    return Tool.run(
        "sh",
        "-c",
        "cryptsetup tcryptDump --batch-mode " + String.join(" ", more) + " \"$0\" - < \"$1\"",
        image.toString(),
        key.toString());
  }

  @Test
  void whatWeMakeForTrueCryptHasTheKeyThatCryptsetupFinds() throws Exception {
    byte[] expected = make(Program.TRUECRYPT);

    assertThat(dump()).contains("ripemd160", "xts-plain64", "Driver req.:\t6.0");
    Matcher key = MASTER_KEY.matcher(dump("--dump-master-key"));
    assertThat(key.find()).isTrue();
    byte[] keys = HexFormat.of().parseHex(key.group(1).replaceAll("\\s", ""));
    byte[] host = Files.readAllBytes(image);
    byte[] data = Arrays.copyOfRange(host, 128 << 10, SIZE - (128 << 10));
    XtsCipher.decrypting(Cascade.ALL.getFirst(), keys).transform(256, data, 0, data.length);
    assertThat(data).isEqualTo(expected);
  }

  @Test
  void tcplayOpensOursByEitherHeader() throws Exception {
    Tool.requireToMount(NewVolumeTest.class, "tcplay", "losetup", "python3");
    make(Program.TRUECRYPT);

    for (String[] by : new String[][] {{}, {"--use-backup"}}) {
      assertThat(tcplay("-i", by))
          .contains("RIPEMD160", "AES-256-XTS", "Volume size:\t\t1536 sectors");
    }
  }

  @Test
  void weOpenTcplays() throws Exception {
    Tool.requireToMount(NewVolumeTest.class, "tcplay", "losetup", "python3");
    assertThat(tcplay("-c", "-a", "RIPEMD160", "-b", "AES-256-XTS", "-z", "-w"))
        .contains("All done!");
    byte[] host = Files.readAllBytes(image);

    CryptVolume volume = Volumes.opened(host, PASSWORD, 0);

    assertThat(volume.program()).isEqualTo(Program.TRUECRYPT);
    assertThat(volume.cipher()).isEqualTo("AES");
    assertThat(volume.hash()).isEqualTo("RIPEMD-160");
    assertThat(volume.bytes().size()).isEqualTo(SIZE - (256 << 10));
    Matcher key = MASTER_KEY.matcher(dump("--dump-master-key"));
    assertThat(key.find()).isTrue();
    byte[] keys = HexFormat.of().parseHex(key.group(1).replaceAll("\\s", ""));
    byte[] data = Arrays.copyOfRange(host, 128 << 10, SIZE - (128 << 10));
    XtsCipher.decrypting(Cascade.ALL.getFirst(), keys).transform(256, data, 0, data.length);
    assertThat(Volumes.bytes(volume.bytes())).isEqualTo(data);
  }

  // All chains that tcplay has, each hash that it has with some of them. It names them in the order
  // of encryption, TrueCrypt the other way round.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AES | AES-256-XTS | SHA512",
        "Serpent | SERPENT-256-XTS | whirlpool",
        "Twofish | TWOFISH-256-XTS | RIPEMD160",
        "AES-Twofish | TWOFISH-256-XTS,AES-256-XTS | SHA512",
        "Serpent-AES | AES-256-XTS,SERPENT-256-XTS | whirlpool",
        "Twofish-Serpent | SERPENT-256-XTS,TWOFISH-256-XTS | RIPEMD160",
        "Serpent-Twofish-AES | AES-256-XTS,TWOFISH-256-XTS,SERPENT-256-XTS | SHA512",
        "AES-Twofish-Serpent | SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS | whirlpool"
      })
  void weOpenWhatTcplayMakesWithEveryCipher(String cipher, String chain, String hash)
      throws Exception {
    Tool.requireToMount(NewVolumeTest.class, "tcplay", "losetup", "python3");
    assertThat(tcplay("-c", "-a", hash, "-b", chain, "-z", "-w")).contains("All done!");

    CryptVolume volume = Volumes.opened(Files.readAllBytes(image), PASSWORD, 0);

    assertThat(volume.cipher()).isEqualTo(cipher);
    assertThat(volume.hash().replace("-", "")).isEqualToIgnoringCase(hash);
  }

  private String tcplay(String verb, String... more) throws Exception {
    Path script = Volumes.script("tcplay.py", folder);
    String loop = Tool.run("losetup", "-f", "--show", image.toString()).strip();
    try {
      java.util.List<String> command =
          new java.util.ArrayList<>(
              java.util.List.of("python3", script.toString(), PASSWORD, verb, "-d", loop));
      command.addAll(Arrays.asList(more));
      return Tool.run(command);
    } finally {
      Tool.run("losetup", "-d", loop);
    }
  }

  // cryptsetup needs the kernel for it; by what reads VeraCrypt's own volumes, then.
  @Test
  void whatWeMakeForVeraCryptOpensByEitherHeader() throws Exception {
    byte[] expected = make(Program.VERACRYPT);
    byte[] host = Files.readAllBytes(image);

    CryptVolume volume = Volumes.opened(host, PASSWORD, 0);
    assertThat(volume.program()).isEqualTo(Program.VERACRYPT);
    assertThat(volume.hash()).isEqualTo("SHA-512");
    assertThat(Volumes.bytes(volume.bytes())).isEqualTo(expected);

    byte[] copy = Arrays.copyOfRange(host, SIZE - (128 << 10), SIZE - (128 << 10) + 512);
    assertThat(
            Volumes.attempt(Program.VERACRYPT, HeaderPlace.BACKUP, Hash.SHA_512, copy, PASSWORD, 0))
        .hasSize(1);
  }

  @Test
  void noTwoVolumesHaveSaltsOrKeysInCommon() throws Exception {
    make(Program.TRUECRYPT);
    byte[] one = Files.readAllBytes(image);
    make(Program.TRUECRYPT);
    byte[] other = Files.readAllBytes(image);

    int backup = SIZE - (128 << 10);
    assertThat(Arrays.copyOf(one, 64)).isNotEqualTo(Arrays.copyOf(other, 64));
    assertThat(Arrays.copyOf(one, 64)).isNotEqualTo(Arrays.copyOfRange(one, backup, backup + 64));
    assertThat(Arrays.copyOfRange(one, 128 << 10, backup))
        .isNotEqualTo(Arrays.copyOfRange(other, 128 << 10, backup));
    assertThat(Unlocking.looksEncrypted(new MemorySource(one))).isTrue();
  }

  @Test
  void whatIsTooSmallOrTooLongIsRefusedBeforeAnythingIsWritten() throws Exception {
    try (BlockDevice device = Devices.openExclusively(image)) {
      NewVolume trueCrypt = NewVolume.of(Program.TRUECRYPT, new SecureRandom());
      assertThatThrownBy(() -> trueCrypt.create(device, new byte[65]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> trueCrypt.create(device, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Files.readAllBytes(image)).isEqualTo(new byte[SIZE]);
  }
}
