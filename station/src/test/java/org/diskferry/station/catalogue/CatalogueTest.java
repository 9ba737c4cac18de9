package org.diskferry.station.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diskferry.job.manifest.S3ImportManifest;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.fs.Node;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.station.testing.Manifests;
import org.diskferry.station.testing.ToyDisk;
import org.diskferry.station.testing.ToyTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  @TempDir Path directory;

  private Catalogue scan(ToyDisk... disks) throws Exception {
    List<DataVolume> volumes = new ArrayList<>();
    for (ToyDisk disk : disks) {
      Path image = directory.resolve("image" + volumes.size());
      Files.deleteIfExists(image);
      disk.write(image);
      FileSource source = FileSource.open(image);
      DataVolume only = ToyTree.open(source).getFirst();
      long start = volumes.size() * 1_000_000L;
      volumes.add(new DataVolume(volumes.size() + 1, source, start, only.tree()));
    }
    return Catalogue.scan(volumes, directory.resolve("catalogue"));
  }

  private static List<String> paths(Rows rows) throws Exception {
    List<String> paths = new ArrayList<>();
    while (rows.hasNext()) {
      paths.add(rows.next().path());
    }
    return paths;
  }

  private List<String> judged(ToyDisk disk, S3ImportManifest manifest) throws Exception {
    List<String> lines = new ArrayList<>();
    try (Catalogue catalogue = scan(disk);
        Plan plan = plan(catalogue, manifest)) {
      for (int i = 0; i < catalogue.size(); i++) {
        String verdict =
            switch (plan.verdict(i)) {
              case Verdict.Load(var key) -> "-> " + key;
              case Verdict.Ignore _ -> "ignored";
              case Verdict.Refuse(int status, String code, String reason) ->
                  status + " " + code + ": " + reason;
            };
        lines.add(catalogue.row(i).path() + " " + verdict);
      }
    }
    return lines;
  }

  private Plan plan(Catalogue catalogue, S3ImportManifest manifest) throws Exception {
    Rules rules = new Rules(Manifests.order(manifest), catalogue.isPartitioned());
    return Plan.make(catalogue, rules, directory.resolve("plan"));
  }

  @Test
  void rowsStandInPathOrderAndFilesInAddressOrder() throws Exception {
    ToyDisk disk =
        new ToyDisk().file("b/x", "1").file("a", "2").file("b.txt", "3").file("c/d/e", "4");
    try (Catalogue catalogue = scan(disk)) {
      assertThat(paths(catalogue.inPathOrder())).containsExactly("a", "b.txt", "b/x", "c/d/e");
      assertThat(paths(catalogue.inAddressOrder())).containsExactly("b/x", "a", "b.txt", "c/d/e");
    }
  }

  @Test
  void everyNameOfAHardLinkedFileIsARow() throws Exception {
    ToyDisk disk = new ToyDisk().file("one", "1").hardLink("deep/er/two", "one");
    try (Catalogue catalogue = scan(disk)) {
      assertThat(paths(catalogue.inPathOrder())).containsExactly("deep/er/two", "one");
      assertThat(catalogue.row(0).node()).isEqualTo(catalogue.row(1).node());
    }
  }

  @Test
  void theSameDeviceGivesTheSameDigestAndAChangedOneAnother() throws Exception {
    ToyDisk disk = new ToyDisk().file("a", "1").file("b/c", "2");
    String first;
    try (Catalogue catalogue = scan(disk)) {
      first = catalogue.digest();
    }
    try (Catalogue again = scan(disk)) {
      assertThat(again.digest()).isEqualTo(first);
    }
    try (Catalogue changed = scan(disk.file("d", ""))) {
      assertThat(changed.digest()).isNotEqualTo(first);
    }
  }

  @Test
  void pathsNameThePartitionOnlyWhereSeveralCarryData() throws Exception {
    try (Catalogue one = scan(new ToyDisk(), new ToyDisk().file("a", "1"))) {
      assertThat(paths(one.inPathOrder())).containsExactly("a");
    }
    try (Catalogue two = scan(new ToyDisk().file("b", "1"), new ToyDisk().file("a", "1"))) {
      assertThat(paths(two.inPathOrder())).containsExactly("p1/b", "p2/a");
      assertThat(paths(two.inAddressOrder())).containsExactly("p1/b", "p2/a");
    }
  }

  @Test
  void nothingThatMayBeLostGoesWithoutARow() throws Exception {
    ToyDisk disk =
        new ToyDisk()
            .danglingName("d/nowhere")
            .namelessFile(new byte[10])
            .damagedDirectory("d/e", "block 17 is not readable")
            .damage("inode table block 4 is not readable")
            .unreadable("f", 5, "encrypted by Windows (EFS)");
    assertThat(judged(disk, Manifests.into("bucket", "")))
        .containsExactly(
            "#4 508 ReadError: no directory has a name for it",
            "/ 508 ReadError: inode table block 4 is not readable",
            "d/e/ 508 ReadError: block 17 is not readable",
            "d/nowhere 508 ReadError: the name leads to number 2, which could not be found",
            // Its reason is found by reading it.
            "f -> f");
  }

  @Test
  void theCustomersPatternsExcuseEvenWhatCannotBeRead() throws Exception {
    ToyDisk disk =
        new ToyDisk()
            .rawName("tmp", new byte[] {'x', (byte) 0xff}, new byte[1])
            .rawName("", new byte[] {'y', (byte) 0xff}, new byte[1])
            .damagedDirectory("tmp/d", "lost");
    assertThat(judged(disk, Manifests.into("bucket", "", "^tmp/")))
        .containsExactly(
            "tmp/d/ ignored",
            "tmp/x\\xFF ignored",
            "y\\xFF 400 InvalidFilename: the name is not UTF-8");
  }

  @Test
  void ofSeveralFilesWithOneKeyTheFirstInPathOrderIsLoaded() throws Exception {
    ToyDisk disk = new ToyDisk().file("ZZ2/a", "1").file("ZZ1/a", "2").file("ZZ3/a", "3");
    S3ImportManifest manifest =
        Manifests.with("bucket", "", Map.of("ZZ1/", "", "ZZ2/", "", "ZZ3/", ""));
    assertThat(judged(disk, manifest))
        .containsExactly(
            "ZZ1/a -> a",
            "ZZ2/a 409 KeyCollision: the key is that of ZZ1/a",
            "ZZ3/a 409 KeyCollision: the key is that of ZZ1/a");
  }

  @Test
  void aFileIsNeverStoredWhereTheLogWillBe() throws Exception {
    ToyDisk disk = new ToyDisk().file("import-log-53TX4", "precious");
    assertThat(judged(disk, Manifests.into("bucket", "")))
        .containsExactly("import-log-53TX4 409 KeyCollision: the key is that of the job's log");
  }

  @Test
  void whatIsNoFileAndTheSignatureAreLeftOut() throws Exception {
    ToyDisk disk =
        new ToyDisk()
            .other("link", Node.Kind.LINK)
            .other("pipe", Node.Kind.SPECIAL)
            .other("file:stream", Node.Kind.STREAM)
            .file("SIGNATURE", "x")
            .file("d/SIGNATURE", "x");
    assertThat(judged(disk, Manifests.into("bucket", "p/")))
        .containsExactly(
            "SIGNATURE ignored",
            "d/SIGNATURE -> p/d/SIGNATURE",
            "file:stream ignored",
            "link ignored",
            "pipe ignored");
  }

  @Test
  void keysStandInTheOrderInWhichAStoreListsThem() throws Exception {
    ToyDisk disk =
        new ToyDisk().file("a/b", "1").file("a.b", "2").file("\uFF5E", "3").file("😀", "4");
    try (Catalogue catalogue = scan(disk);
        Plan plan = plan(catalogue, Manifests.with("bucket", "", Map.of("a.b", "z")))) {
      assertThat(paths(plan.inKeyOrder())).containsExactly("a/b", "a.b", "\uFF5E", "😀");
      assertThat(plan.totals()).isEqualTo(new Plan.Totals(4, 4, 0, 0));
    }
  }
}
