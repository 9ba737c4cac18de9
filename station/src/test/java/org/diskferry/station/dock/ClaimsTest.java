package org.diskferry.station.dock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.diskferry.job.JobId;
import org.diskferry.job.SignatureFile;
import org.diskferry.job.dispatch.Claim;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Tool;
import org.diskferry.station.testing.FastDirectory;
import org.diskferry.station.testing.Manifests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose a partitioned disk says that it is.
class ClaimsTest {
  private static final int MIB = 1 << 20;
  private static final String MINE = SignatureFile.of(Manifests.JOB, new byte[20]).text();
  private static final String OTHER = SignatureFile.of(new JobId("ABCDE"), new byte[20]).text();

  @TempDir(factory = FastDirectory.class)
  Path directory;

  @BeforeEach
  void needsTools() {
    Tool.require(ClaimsTest.class, "mke2fs", "sfdisk");
  }

  // Two partitions, each with this SIGNATURE, or a file beside where it is empty.
  private Path disk(String first, String second) throws Exception {
    Path image = MadeDisk.format(directory.resolve("disk.img"), 16L * MIB, "true");
    Path script =
        Files.writeString(
            directory.resolve("script"),
            "label: gpt\nstart=2048, size=8192\nstart=12288, size=8192\n");
    Tool.run("sh", "-c", "sfdisk --quiet " + image + " < " + script);
    lay(image, 2048, "first", first);
    lay(image, 12_288, "second", second);
    return image;
  }

  private void lay(Path image, long sector, String name, String signature) throws Exception {
    Path tree = Files.createDirectories(directory.resolve(name));
    Files.writeString(tree.resolve(signature.isEmpty() ? "file" : "SIGNATURE"), name);
    if (!signature.isEmpty()) {
      Files.writeString(tree.resolve("SIGNATURE"), signature);
    }
    Path part =
        MadeDisk.format(
            directory.resolve(name + ".ext4"), 4L * MIB, "mke2fs", "-q", "-F", "-d", "" + tree);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(sector * 512);
      file.write(Files.readAllBytes(part));
    }
  }

  private static Claim claim(Path image) throws Exception {
    try (FileSource device = FileSource.open(image)) {
      return Claims.of(device, DeviceStack.open(device, Bounds.TIGHT), null);
    }
  }

  @Test
  void theSignatureMayLieOnAnyPartition() throws Exception {
    assertThat(claim(disk("", MINE)))
        .isInstanceOfSatisfying(
            Claim.Signed.class, signed -> assertThat(signed.job()).isEqualTo(Manifests.JOB));
  }

  @Test
  void theSameSignatureTwiceIsOne() throws Exception {
    assertThat(claim(disk(MINE, MINE))).isInstanceOf(Claim.Signed.class);
  }

  @Test
  void twoThatDifferAreNone() throws Exception {
    assertThat(claim(disk(MINE, OTHER)))
        .isEqualTo(new Claim.None("InvalidSignature", "two partitions have a different SIGNATURE"));
  }

  @Test
  void aFirstSectorThatCannotBeReadDoesNotHideTheSignature() throws Exception {
    Path image = disk("", MINE);
    try (FileSource source = FileSource.open(image)) {
      FaultyBlockSource device = new FaultyBlockSource(source).failAt(0, 512);
      DeviceStack stack = DeviceStack.open(device, Bounds.TIGHT);
      assertThat(Claims.of(device, stack, null)).isInstanceOf(Claim.Signed.class);
    }
  }
}
