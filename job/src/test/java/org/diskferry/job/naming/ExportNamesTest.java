package org.diskferry.job.naming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.diskferry.job.manifest.DeviceFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Keys become paths; decision 31.
class ExportNamesTest {
  private static final long SEED = Long.getLong("diskferry.seed", 20_090_203L);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "NTFS, images/wookie1.jpg,      bucket/images/wookie1.jpg, 200, OK",
        "NTFS, a:b,                     bucket/ab,                 301, MovedPermanently",
        "NTFS, trailing./x ,            bucket/trailing/x,         301, MovedPermanently",
        "NTFS, ::,                      RECOVERY/0000/0000,        301, InvalidFilename",
        "NTFS, con,                     RECOVERY/0000/0000,        301, InvalidFilename",
        "NTFS, LPT1.txt,                RECOVERY/0000/0000,        301, InvalidFilename",
        "NTFS, console,                 bucket/console,            200, OK",
        "NTFS, /backup/x,               RECOVERY/0000/0000,        301, InvalidFilename",
        "NTFS, a//b,                    RECOVERY/0000/0000,        301, InvalidFilename",
        "NTFS, a/,                      RECOVERY/0000/0000,        301, InvalidFilename",
        "NTFS, a/../b,                  RECOVERY/0000/0000,        301, InvalidFilename",
        "NTFS, ./a,                     RECOVERY/0000/0000,        301, InvalidFilename",
        "EXT4, a:b,                     bucket/a:b,                200, OK",
        "EXT4, con,                     bucket/con,                200, OK",
        "EXT4, trailing.,               bucket/trailing.,          200, OK",
        "EXT4, a/../b,                  RECOVERY/0000/0000,        301, InvalidFilename"
      })
  void aKeyGoesWhereTheTableSays(
      DeviceFileSystem fileSystem, String key, String path, int status, String code) {
    ExportName.Placed placed = placed(names(fileSystem).next("bucket", key));

    assertThat(placed.path()).isEqualTo(path);
    assertThat(placed.status()).isEqualTo(status);
    assertThat(placed.code()).isEqualTo(code);
  }

  @Test
  void theGuidesExampleOfSubstitutionsOverTargetDirectoryAndKey() {
    Map<String, String> substitutions = Map.of(":", "$COLON$", ",", "$COMMA$");
    ExportNames names = new ExportNames(DeviceFileSystem.NTFS, "RECOVERY", substitutions);

    assertThat(placed(names.next("data,", "myprefix,/backup/:\"computer1\"/c:/image.dat")).path())
        .isEqualTo("data$COMMA$/myprefix$COMMA$/backup/$COLON$computer1/c$COLON$/image.dat");
  }

  @Test
  void theRootIsATargetDirectoryToo() {
    assertThat(placed(names(DeviceFileSystem.NTFS).next("", "a/b")).path()).isEqualTo("a/b");
  }

  @Test
  void namesThatAreTooLongGoToRecovery() {
    ExportNames ntfs = names(DeviceFileSystem.NTFS);
    ExportNames ext = names(DeviceFileSystem.EXT4);
    String umlauts = "ü".repeat(200);

    assertThat(placed(ntfs.next("b", "x".repeat(255))).code()).isEqualTo("OK");
    assertThat(placed(ntfs.next("b", "x".repeat(256))).code()).isEqualTo("FilenameTooLong");
    assertThat(placed(ntfs.next("b", umlauts)).code()).isEqualTo("OK");
    assertThat(placed(ext.next("b", umlauts)).code()).isEqualTo("FilenameTooLong");
  }

  @Test
  void aFileAndADirectoryOfOneNameCannotBothBe() {
    ExportNames names = names(DeviceFileSystem.EXT4);

    assertThat(placed(names.next("b", "a")).path()).isEqualTo("b/a");
    assertThat(placed(names.next("b", "a/b")).code()).isEqualTo("MovedPermanently");
    assertThat(placed(names.next("b", "c/d")).path()).isEqualTo("b/c/d");
    assertThat(placed(names.next("b", "c")).code()).isEqualTo("MovedPermanently");
  }

  @Test
  void twinsInCaseAreOneOnNtfsOnly() {
    ExportNames ntfs = names(DeviceFileSystem.NTFS);
    ExportNames ext = names(DeviceFileSystem.EXT4);

    assertThat(placed(ntfs.next("b", "Ä/x")).code()).isEqualTo("OK");
    assertThat(placed(ntfs.next("b", "ä/y")).path()).isEqualTo("RECOVERY/0000/0000");
    assertThat(placed(ntfs.next("b", "Ä/X")).path()).isEqualTo("RECOVERY/0000/0001");
    assertThat(placed(ext.next("b", "A/x")).code()).isEqualTo("OK");
    assertThat(placed(ext.next("b", "a/y")).code()).isEqualTo("OK");
  }

  @Test
  void whatWasCleanedNeverTakesAnothersName() {
    ExportNames names = names(DeviceFileSystem.NTFS);

    assertThat(placed(names.next("b", "ab")).code()).isEqualTo("OK");
    assertThat(placed(names.next("b", "a:b")).code()).isEqualTo("InvalidFilename");
  }

  @Test
  void keysThatLieInTheRecoveryDirectoryAndRecoveredOnesDoNotMeet() {
    ExportNames names = names(DeviceFileSystem.EXT4);

    assertThat(placed(names.next("", "RECOVERY/0000/0000")).code()).isEqualTo("OK");
    assertThat(placed(names.next("", "a//b")).path()).isEqualTo("RECOVERY/0000/0001");
    assertThat(placed(names.next("", "RECOVERY/0000/0001")).path()).isEqualTo("RECOVERY/0000/0002");
  }

  @Test
  void whatAnEmptyVolumeHasIsTaken() {
    assertThat(placed(names(DeviceFileSystem.NTFS).next("", "$mft")).code())
        .isEqualTo("MovedPermanently");
    assertThat(placed(names(DeviceFileSystem.EXT4).next("", "lost+found")).code())
        .isEqualTo("MovedPermanently");
  }

  @Test
  void noObjectHasTheNameOfTheRecoveryDirectory() {
    for (DeviceFileSystem fileSystem : DeviceFileSystem.values()) {
      ExportNames names = names(fileSystem);

      assertThat(placed(names.next("", "RECOVERY")).path()).isEqualTo("RECOVERY/0000/0000");
      assertThat(placed(names.next("", "a//b")).path()).isEqualTo("RECOVERY/0000/0001");
    }
    ExportNames ntfs = names(DeviceFileSystem.NTFS);
    assertThat(placed(ntfs.next("", "recovery/a")).path()).isEqualTo("RECOVERY/0000/0000");
    assertThat(placed(ntfs.next("", "a//b")).path()).isEqualTo("RECOVERY/0000/0001");
  }

  @ParameterizedTest
  @EnumSource(DeviceFileSystem.class)
  void everyKeyHasOnePlaceThatIsNobodyElses(DeviceFileSystem fileSystem) {
    ExportNames names = names(fileSystem);
    Set<String> files = new HashSet<>();
    Map<String, String> directories = new HashMap<>();
    for (String key : ExportKeys.some(10_000, new Random(SEED))) {
      ExportName.Placed placed = placed(names.next("bucket", key));
      String path = compared(fileSystem, placed.path());
      assertThat(files.add(path)).as("%s at %s", key, placed.path()).isTrue();
      assertThat(directories).as(placed.path()).doesNotContainKey(path);
      for (int i = 1; i < placed.names().size(); i++) {
        String directory = String.join("/", placed.names().subList(0, i));
        String before = directories.put(compared(fileSystem, directory), directory);
        assertThat(before).as(directory).isIn(null, directory);
        assertThat(files).doesNotContain(compared(fileSystem, directory));
      }
      for (String name : placed.names()) {
        assertThat(name).isNotIn("", ".", "..").doesNotContain("/", "\0");
        assertThat(name.getBytes(UTF_8).length).isLessThanOrEqualTo(255 * 3);
      }
    }
  }

  private static String compared(DeviceFileSystem fileSystem, String path) {
    return fileSystem == DeviceFileSystem.NTFS ? path.toUpperCase(Locale.ROOT) : path;
  }

  private static ExportNames names(DeviceFileSystem fileSystem) {
    return new ExportNames(fileSystem, "RECOVERY", Map.of());
  }

  private static ExportName.Placed placed(ExportName name) {
    assertThat(name).isInstanceOf(ExportName.Placed.class);
    return (ExportName.Placed) name;
  }
}
