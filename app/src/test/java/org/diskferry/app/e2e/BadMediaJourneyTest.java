package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Media that no file can be read from, or not all, through the running service: what the dock
/// shows and what the customer is told.
class BadMediaJourneyTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int MIB = 1 << 20;
  private static final int FILES = 60;
  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");

  private static final String MANIFEST =
      """
      manifestVersion: 2.0
      bucket: myawsbucket
      deviceId: 3QD0T87T
      eraseDevice: Yes
      notificationEmail: john.doe@example.com
      returnAddress:
        name: Any Name
        company: Example Corp.
        street1: 123 Any Street
        city: Anytown
        stateOrProvince: WA
        postalCode: 91011-1111
        phoneNumber: 206-555-1111
        country: USA
      """;

  @TempDir private Path folder;

  @BeforeEach
  void needsTools() {
    Tool.require(BadMediaJourneyTest.class, "mke2fs", "debugfs");
    NotRun.unless(
        Files.isExecutable(Path.of("/usr/bin/aws")),
        BadMediaJourneyTest.class,
        "bad media, end to end",
        "awscli");
  }

  @Test
  void eachEndsInItsStateAndNothingOnItIsChanged() throws Exception {
    try (Up up = Up.start(folder.resolve("home"))) {
      up.s3("s3", "mb", "s3://myawsbucket");
      Path tree = Files.createDirectories(folder.resolve("tree"));
      String cut = createJob(up, tree);
      Path cutImage = cutShort(tree);
      String bound = createJob(up, Files.createDirectories(folder.resolve("other")));

      Path noise = dock(up, random(MIB), "noise.img");
      Path tiny = dock(up, random(16), "tiny.img");
      Path named = dock(up, random(MIB), bound + ".img");
      Path truncated = dock(up, Files.readAllBytes(cutImage), "truncated.img");

      await(up, noise, "refused", "MissingSignature: no file system that can be read");
      await(up, tiny, "refused", "MissingSignature: no file system that can be read");
      await(up, named, "on hold", "the device holds nothing that is known");
      await(up, truncated, "on hold", "it was cut short");
      assertThat(up.diskferry("GetStatus", bound)).contains("ProgressCode: InProgress");
      assertThat(up.diskferry("GetStatus", cut)).contains("SuccessWithErrors");
      assertThat(Files.readAllBytes(noise)).isEqualTo(random(MIB));
      assertThat(Files.readAllBytes(tiny)).isEqualTo(random(16));
      assertThat(Files.readAllBytes(named)).isEqualTo(random(MIB));
      assertThat(Files.mismatch(truncated, cutImage)).isEqualTo(-1);
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private String createJob(Up up, Path tree) throws Exception {
    Path file = Files.writeString(folder.resolve("manifest.txt"), MANIFEST);
    String said = up.diskferry("CreateJob", "Import", file.toString(), tree.toString());
    Matcher id = JOB_ID.matcher(said);
    assertThat(id.find()).as(said).isTrue();
    return id.group(1);
  }

  // SIGNATURE first, then more files than are left of the image.
  private Path cutShort(Path tree) throws Exception {
    StringBuilder script = new StringBuilder("write %s/SIGNATURE SIGNATURE\n".formatted(tree));
    for (int i = 0; i < FILES; i++) {
      Path file = Files.write(tree.resolve("file" + i), random(50_000 + i));
      script.append("write ").append(file).append(" file").append(i).append('\n');
    }
    Path image =
        MadeDisk.format(
            folder.resolve("cut.img"), 8L * MIB, "mke2fs", "-q", "-F", "-b4096", "-O^has_journal");
    Path input = Files.writeString(folder.resolve("script"), script);
    Tool.run("debugfs", "-w", "-f", input.toString(), image.toString());
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(3L * MIB);
    }
    return image;
  }

  // Written under an unfinished name and renamed, as docs/manual/work-the-dock.md says.
  private static Path dock(Up up, byte[] bytes, String name) throws Exception {
    Path part = Files.write(up.dock().resolve(name + ".part"), bytes);
    Thread.sleep(1500);
    return Files.move(part, up.dock().resolve(name));
  }

  private void await(Up up, Path device, String state, String message) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    String list = "";
    while (Instant.now().isBefore(deadline)) {
      list = up.diskferry("dock", "list", "--home", folder.resolve("home").toString());
      if (list.lines()
          .anyMatch(
              l -> l.contains(device.toString()) && l.contains(state) && l.contains(message))) {
        return;
      }
      Thread.sleep(500);
    }
    throw new IOException(device + " did not come to be " + state + " (" + message + "): " + list);
  }
}
