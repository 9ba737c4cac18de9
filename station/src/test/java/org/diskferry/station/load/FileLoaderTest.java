package org.diskferry.station.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.LoadSummary;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.Volume;
import org.diskferry.station.testing.Bytes;
import org.diskferry.station.testing.FastDirectory;
import org.diskferry.station.testing.LoadScene;
import org.diskferry.station.testing.Manifests;
import org.diskferry.station.testing.ToyDisk;
import org.diskferry.store.Body;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.testing.Fault;
import org.diskferry.store.testing.FaultPlan;
import org.diskferry.store.testing.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileLoaderTest {
  private static final int MIB = 1 << 20;

  @TempDir(factory = FastDirectory.class)
  Path directory;

  /// One file for each way into the store.
  private static Map<String, byte[]> everyWay() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("empty", Bytes.seeded(0, 0));
    files.put("one", Bytes.seeded(1, 1));
    files.put("buffered", Bytes.seeded(2, MIB));
    files.put("streamed", Bytes.seeded(3, MIB + 1));
    files.put("streamed-longer", Bytes.seeded(4, 3 * MIB));
    files.put("parts", Bytes.seeded(5, 3 * MIB + 1));
    files.put("dir/parts", Bytes.seeded(6, 7 * MIB + 12345));
    return files;
  }

  private static ToyDisk disk(Map<String, byte[]> files) {
    ToyDisk disk = new ToyDisk().file("SIGNATURE", "four lines");
    files.forEach(disk::file);
    return disk;
  }

  private static ToyDisk small() {
    return new ToyDisk().file("a", "1").file("b", "22").file("c", "333");
  }

  private LoadScene scene(ToyDisk disk) throws Exception {
    return new LoadScene(directory, disk);
  }

  private static String stop(LoadResult result, HoldReason reason) {
    assertThat(result).isInstanceOf(LoadResult.Stopped.class);
    LoadResult.Stopped stopped = (LoadResult.Stopped) result;
    assertThat(stopped.reason()).as(stopped.message()).isEqualTo(reason);
    return stopped.message();
  }

  @ParameterizedTest
  @EnumSource(StoreCapabilities.Crc32c.class)
  void everyFileBecomesAnObjectWithItsBytesAndIsProven(StoreCapabilities.Crc32c crc)
      throws Exception {
    Map<String, byte[]> files = everyWay();
    try (LoadScene scene =
        new LoadScene(directory, disk(files), new StoreCapabilities(crc, false))) {
      LoadResult result = scene.load();
      long bytes = files.values().stream().mapToLong(b -> b.length).sum();
      assertThat(result)
          .isEqualTo(
              new LoadResult.Done(
                  new LoadSummary(files.size(), bytes, 1, 0, "import-log-53TX4"), List.of()));
      assertThat(scene.keys()).containsExactlyInAnyOrderElementsOf(files.keySet());
      for (String path : files.keySet()) {
        assertThat(scene.content(path)).isEqualTo(files.get(path));
      }
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
      assertThat(scene.memory().uploads(LoadScene.BUCKET, "")).isEmpty();
    }
  }

  @Test
  void onlyOneThreadReadsFilesFromTheDevice() throws Exception {
    try (LoadScene scene = scene(disk(everyWay()))) {
      scene.load();
      // The reader, and the caller who scans and compares while the reader is not there.
      assertThat(scene.device().readers()).isEqualTo(2);
    }
  }

  @Test
  void partsLargerThanTheBufferAreStreamed() throws Exception {
    Map<String, byte[]> files = everyWay();
    LoadSettings settings =
        new LoadSettings(2, 4 * MIB, MIB, MIB, 2 * MIB, Duration.ofMinutes(1), false);
    try (LoadScene scene = scene(disk(files)).settings(settings)) {
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      for (String path : files.keySet()) {
        assertThat(scene.content(path)).isEqualTo(files.get(path));
      }
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
      assertThat(scene.store().count(Operation.PART)).isEqualTo(1 + 2 + 2 + 4);
    }
  }

  @Test
  void theLogHasARowForEverythingInPathOrder() throws Exception {
    ToyDisk disk =
        new ToyDisk()
            .file("SIGNATURE", "four lines")
            .file("b, \"quoted\".txt", "hello")
            .file("a.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0})
            .unreadable("locked", 7, "encrypted by Windows (EFS)")
            .rawName("", new byte[] {'x', (byte) 0xff}, new byte[1]);
    try (LoadScene scene = scene(disk)) {
      scene.load(Manifests.into("bucket", "p/"));
      String time = "Tue 03 Feb 2009 21:57:43 GMT";
      assertThat(scene.log())
          .containsExactly(
              time + ",SIGNATURE,103,Ignored,,,10,,",
              time
                  + ",a.gz,200,OK,bucket/p/a.gz,c3bc19a248a78054f697cdfecba7f0e5,4,"
                  + "application/gzip,c3bc19a248a78054f697cdfecba7f0e5",
              time
                  + ",\"b, \"\"quoted\"\".txt\",200,OK,\"bucket/p/b, \"\"quoted\"\".txt\","
                  + "5d41402abc4b2a76b9719d911017c592,5,text/plain,"
                  + "5d41402abc4b2a76b9719d911017c592",
              time + ",locked,508,ReadError,,,7,,",
              time + ",x\\xFF,400,InvalidFilename,,,1,,");
      assertThat(scene.report()).contains("encrypted by Windows (EFS)");
    }
  }

  @Test
  void theReportSaysHowEachObjectIsProven() throws Exception {
    try (LoadScene scene = scene(disk(everyWay()))) {
      scene.load();
      scene.prove();
      assertThat(scene.report().lines().filter(line -> line.contains("\"proof\":\"READ_BACK\"")))
          .hasSize(everyWay().size());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutReadingBackTheStoresOwnSumsVouch(boolean sums) throws Exception {
    StoreCapabilities able = sums ? StoreCapabilities.S3 : StoreCapabilities.COMMON;
    LoadSettings settings =
        new LoadSettings(4, 8 * MIB, MIB, 3 * MIB, MIB, Duration.ofMinutes(1), false);
    try (LoadScene scene = new LoadScene(directory, disk(everyWay()), able).settings(settings)) {
      scene.load();
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
      assertThat(scene.store().count(Operation.READ)).isZero();
      long streamed = scene.report().lines().filter(line -> line.contains("\"ETAG\"")).count();
      assertThat(streamed).isEqualTo(sums ? 2 : 4);
    }
  }

  @Test
  void aFileThatCannotBeReadIsARowAndTheOthersAreStored() throws Exception {
    Map<String, byte[]> files = everyWay();
    ToyDisk disk = disk(files);
    try (LoadScene scene = scene(disk)) {
      scene.device().failAt(disk.position("dir/parts") + 5 * MIB, 512);
      assertThat(scene.load())
          .isInstanceOfSatisfying(
              LoadResult.Done.class, done -> assertThat(done.summary().errors()).isOne());
      assertThat(scene.keys()).hasSize(files.size() - 1).doesNotContain("dir/parts");
      assertThat(scene.log()).anyMatch(row -> row.contains(",dir/parts,508,ReadError,"));
      assertThat(scene.report())
          .contains("bytes 5242880 to 5243391 of " + files.get("dir/parts").length)
          .contains("unreadable");
      assertThat(scene.memory().uploads(LoadScene.BUCKET, "")).isEmpty();
    }
  }

  @Test
  void theHealthyFilesComeFirstAndThenEveryBadRangeIsTold() throws Exception {
    ToyDisk disk =
        new ToyDisk()
            .file("a", Bytes.seeded(1, 200_000))
            .file("b", Bytes.seeded(2, 3_000))
            .file("c", Bytes.seeded(3, 3_000));
    try (LoadScene scene = scene(disk)) {
      long a = disk.position("a");
      scene.device().failAt(a + 4096, 10);
      scene.device().failAt(a + 100_000, 1024);
      scene.device().failAt(disk.position("b") + 2048, 512);
      scene.load();
      assertThat(scene.keys()).containsExactly("c");
      assertThat(scene.report())
          .contains("bytes 4096 to 4607, 99840 to 101375 of 200000 cannot be read: sector ")
          .contains("bytes 2048 to 2559 of 3000 cannot be read: sector ");
      assertThat(scene.device().readBeforeRetries(disk.position("c"), 3_000))
          .as("nothing bad is looked at closely before all that is healthy was read")
          .isTrue();
    }
  }

  @Test
  void aReadThatFailsOnceCostsNothing() throws Exception {
    ToyDisk disk = small();
    try (LoadScene scene = scene(disk)) {
      scene.device().failRead(scene.device().reads() + 4);
      scene.load();
      assertThat(scene.log()).allMatch(row -> row.contains(",200,OK,"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"NO_SUCH_BUCKET", "DENIED", "FULL"})
  void aStoreThatRefusesPutsTheDeviceOnHoldAndNothingIsDoneTwiceAfterwards(Trouble trouble)
      throws Exception {
    Map<String, byte[]> files = everyWay();
    try (LoadScene scene = scene(disk(files))) {
      scene
          .store()
          .follow(
              FaultPlan.where(
                  call -> call.operation() == Operation.PUT && call.key().equals("streamed"),
                  new Fault.Refused(trouble, "NoWay")));
      String message = stop(scene.load(), HoldReason.STORE_REFUSES);
      assertThat(message).contains("bucket").contains(trouble.name());
      scene.store().follow(FaultPlan.calm());
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.keys()).hasSize(files.size());
      assertThat(scene.store().count(Operation.PUT)).isEqualTo(5 + 1 + 2);
      assertThat(scene.store().count(Operation.PART)).isEqualTo(4 + 8);
    }
  }

  @Test
  void aMissingBucketIsNoticedBeforeAnythingIsRead() throws Exception {
    try (LoadScene scene = scene(small())) {
      scene.memory().dropBucket(LoadScene.BUCKET);
      assertThat(stop(scene.load(), HoldReason.STORE_REFUSES)).contains("no such bucket");
      assertThat(scene.store().count(Operation.PUT)).isZero();
    }
  }

  @Test
  void aStoreThatComesBackIsForgiven() throws Exception {
    try (LoadScene scene = scene(disk(everyWay()))) {
      // Few enough for the patience even where each attempt meets one fault only.
      scene.store().follow(FaultPlan.on(Fault.down(), Operation.PUT, Operation.PART).atMost(12));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"import-log-53TX4", "import-log-53TX4.json"})
  void aStoreThatFailsWhileItIsBroughtLogOrReportIsForgiven(String paper) throws Exception {
    try (LoadScene scene = scene(disk(everyWay()))) {
      scene
          .store()
          .follow(FaultPlan.where(call -> call.key().equals(paper), Fault.down()).atMost(5));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
    }
  }

  @Test
  void aStoreThatFailsWhileItIsAskedForTheProofIsForgiven() throws Exception {
    try (LoadScene scene = scene(disk(everyWay()))) {
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      scene.store().follow(FaultPlan.from(1, Fault.down()).atMost(6));
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"UNAVAILABLE", "NO_SUCH_KEY", "PRECONDITION", "DAMAGED"})
  void anObjectThatAloneCannotBeReadBackIsNamed(Trouble trouble) throws Exception {
    try (LoadScene scene = scene(disk(everyWay()))) {
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      scene
          .store()
          .follow(
              FaultPlan.where(
                  call -> call.operation() == Operation.READ && call.key().equals("dir/parts"),
                  new Fault.Refused(trouble, "InternalError")));
      assertThat(scene.prove())
          .isInstanceOfSatisfying(
              ProofResult.NotProven.class,
              not ->
                  assertThat(not.message())
                      .contains("dir/parts: its object cannot be read back")
                      .doesNotContain("streamed"));
    }
  }

  @Test
  void aStoreThatDoesNotComeBackPutsTheDeviceOnHold() throws Exception {
    try (LoadScene scene = scene(small())) {
      scene.store().follow(FaultPlan.on(Fault.down(), Operation.PUT));
      assertThat(stop(scene.load(), HoldReason.STORE_REFUSES)).contains("goes on when");
    }
  }

  @Test
  void anObjectThatTheStoreRefusesIsARow() throws Exception {
    try (LoadScene scene = scene(small())) {
      scene
          .store()
          .follow(
              FaultPlan.where(
                  call -> call.key().equals("b"),
                  new Fault.Refused(Trouble.REFUSED, "InvalidStorageClass")));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.log()).anyMatch(row -> row.contains(",b,400,InvalidStorageClass,,,2,,"));
    }
  }

  @Test
  void bytesDamagedOnTheWayAreSentAgain() throws Exception {
    try (LoadScene scene = scene(disk(everyWay()))) {
      Fault damaged = new Fault.Refused(Trouble.DAMAGED, "BadDigest");
      scene.store().follow(FaultPlan.on(damaged, Operation.PUT, Operation.PART).atMost(1));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
    }
  }

  @Test
  void anUploadThatSomebodyDroppedIsBegunAnew() throws Exception {
    try (LoadScene scene = scene(disk(everyWay()))) {
      Fault dropped = new Fault.Refused(Trouble.NO_SUCH_UPLOAD, "NoSuchUpload");
      scene.store().follow(FaultPlan.on(dropped, Operation.COMPLETE).atMost(1));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.store().count(Operation.BEGIN)).isEqualTo(3);
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "streamed-longer", "dir/parts"})
  void aByteFlippedOnTheDeviceAfterStoringIsFoundAndTheFileNamed(String path) throws Exception {
    Map<String, byte[]> files = everyWay();
    ToyDisk disk = disk(files);
    try (LoadScene scene = scene(disk)) {
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      long at = files.get(path).length / 2;
      scene.device().flip(disk.position(path) + at);
      String message = stop(scene.load(), HoldReason.PROOF_FAILED);
      assertThat(message).contains(path + ": bytes " + at / MIB * MIB + " to ");
      // What the device holds now is stored when it is loaded again.
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.content(path)).isNotEqualTo(files.get(path));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "streamed-longer", "dir/parts"})
  void aByteFlippedInTheStoreIsFoundAndTheFileNamed(String path) throws Exception {
    Map<String, byte[]> files = everyWay();
    try (LoadScene scene = scene(disk(files))) {
      scene.load();
      scene.memory().damage(LoadScene.BUCKET, new ObjectKey(path), files.get(path).length / 2);
      assertThat(scene.prove())
          .isInstanceOfSatisfying(
              ProofResult.NotProven.class,
              not -> assertThat(not.message()).contains(path + ": bytes "));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.content(path)).isEqualTo(files.get(path));
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectThatWasReplacedOrDeletedIsFoundByItsListing(boolean readBack) throws Exception {
    LoadSettings settings =
        new LoadSettings(4, 8 * MIB, MIB, 3 * MIB, MIB, Duration.ofMinutes(1), readBack);
    try (LoadScene scene = scene(disk(everyWay())).settings(settings)) {
      scene.load();
      byte[] other = Bytes.seeded(99, 7 * MIB + 12345);
      put(scene, "dir/parts", other);
      put(scene, "streamed", new byte[3]);
      scene.memory().delete(LoadScene.BUCKET, new ObjectKey("empty"));
      assertThat(scene.prove())
          .isInstanceOfSatisfying(
              ProofResult.NotProven.class,
              not ->
                  assertThat(not.message())
                      .contains("dir/parts: bytes 0 to 1048575 of its object")
                      .contains("streamed: it has 1048577 bytes, its object 3")
                      .contains("empty: its object is not in the store any more"));
    }
  }

  private static void put(LoadScene scene, String key, byte[] bytes) throws Exception {
    scene
        .memory()
        .put(
            LoadScene.BUCKET,
            new ObjectKey(key),
            Headers.ofType("text/plain"),
            Body.of(bytes),
            Checksum.NONE);
  }

  @Test
  void aDeviceWhoseFilesChangedMeanwhileIsCataloguedAnew() throws Exception {
    Path other = java.nio.file.Files.createDirectory(directory.resolve("other"));
    try (LoadScene scene = scene(small())) {
      scene.load();
      new ToyDisk().file("a", "1").file("b", "22").file("d", "333").write(other.resolve("image"));
      byte[] image = java.nio.file.Files.readAllBytes(other.resolve("image"));
      scene.device().write(0, java.nio.ByteBuffer.wrap(image));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.keys()).containsExactly("a", "b", "c", "d");
      assertThat(scene.log()).hasSize(3).anyMatch(row -> row.contains(",d,200,OK,"));
      assertThat(scene.folder().stream().filter(f -> f.toString().contains("journal-"))).hasSize(1);
    }
  }

  @Test
  void aDeviceThatChangedSinceItWasLoadedIsNotProven() throws Exception {
    Path other = java.nio.file.Files.createDirectory(directory.resolve("other"));
    try (LoadScene scene = scene(small())) {
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      new ToyDisk().file("a", "1").file("b", "22").file("d", "333").write(other.resolve("image"));
      byte[] image = java.nio.file.Files.readAllBytes(other.resolve("image"));
      scene.device().write(0, java.nio.ByteBuffer.wrap(image));
      assertThat(scene.prove())
          .isInstanceOfSatisfying(
              ProofResult.NotProven.class,
              not ->
                  assertThat(not.message()).contains("a: is on the device and was never loaded"));
    }
  }

  @Test
  void whatWasNeverLoadedIsNotProven() throws Exception {
    try (LoadScene scene = scene(small())) {
      assertThat(scene.prove()).isInstanceOf(ProofResult.NotProven.class);
      scene.load();
      var next = Manifests.order(2, Manifests.into("bucket", "elsewhere/"), false);
      assertThat(scene.prove(next)).isInstanceOf(ProofResult.NotProven.class);
    }
  }

  @Test
  void whatIsTheSameUnderANewRevisionStaysProven() throws Exception {
    ToyDisk disk = new ToyDisk().file("x/a", "1").file("x/b", "22").file("y", "333");
    try (LoadScene scene = scene(disk)) {
      scene.load();
      scene.store().forget();
      var moved = Manifests.with("bucket", "", Map.of("x/b", "moved"));
      assertThat(scene.load(Manifests.order(2, moved, false))).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.store().calls().stream().filter(c -> c.operation() == Operation.PUT))
          .extracting(call -> call.key())
          .containsExactly("moved", "import-log-53TX4.json", "import-log-53TX4");
      assertThat(scene.log()).hasSize(3).anyMatch(row -> row.contains("bucket/moved"));
    }
  }

  @Test
  void rowsThatFailedAreDoneAgainUnderANewRevisionAndNotBefore() throws Exception {
    ToyDisk disk = small();
    try (LoadScene scene = scene(disk)) {
      scene.device().failAt(disk.position("b"), 1);
      scene.load();
      scene.device().heal();
      scene.load();
      assertThat(scene.log()).anyMatch(row -> row.contains(",b,508,"));
      scene.load(Manifests.order(2, Manifests.into("bucket", ""), false));
      assertThat(scene.log()).allMatch(row -> row.contains(",200,OK,"));
    }
  }

  @Test
  void aCancelledLoadStopsAtTheNextFileAndTheLogSaysWhatIsStored() throws Exception {
    ToyDisk disk = new ToyDisk();
    for (int i = 10; i < 60; i++) {
      disk.file("f" + i, "content " + i);
    }
    try (LoadScene scene = scene(disk).cancelAfter(7)) {
      LoadResult result = scene.load();
      assertThat(result).isInstanceOf(LoadResult.Canceled.class);
      long files = ((LoadResult.Canceled) result).summary().files();
      // Seven, and what the other lanes had begun.
      assertThat(files).isBetween(7L, 7L + 4);
      assertThat(scene.keys()).hasSize((int) files);
      assertThat(scene.log()).hasSize(50);
      assertThat(scene.log().stream().filter(row -> row.contains(",103,Canceled,,,10,,")))
          .hasSize(50 - (int) files);
    }
  }

  @Test
  void anAbandonedLoadTellsNobodyAndGoesOnLater() throws Exception {
    try (LoadScene scene = scene(disk(everyWay())).abandonAfter(3)) {
      assertThat(scene.load()).isInstanceOf(LoadResult.Abandoned.class);
      assertThat(scene.memory().keys(LoadScene.BUCKET))
          .noneMatch(k -> k.value().startsWith("import"));
      scene.abandonAfter(Integer.MAX_VALUE);
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      // Five files, what the lanes were sending when the device left, log and report.
      assertThat(scene.store().count(Operation.PUT)).isLessThanOrEqualTo(5 + 4 + 2);
    }
  }

  @Test
  void anUploadGoesOnInsideAFileWithThePartsThatTheStoreHas() throws Exception {
    try (LoadScene scene = scene(new ToyDisk().file("big", Bytes.seeded(1, 9 * MIB + 5)))) {
      FaultPlan seventh =
          FaultPlan.where(
              call -> call.operation() == Operation.PART && call.key().endsWith("#7"),
              Fault.denied());
      scene.store().follow(seventh);
      stop(scene.load(), HoldReason.STORE_REFUSES);
      long before = scene.store().count(Operation.PART);
      scene.store().follow(FaultPlan.calm());
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.content("big")).isEqualTo(Bytes.seeded(1, 9 * MIB + 5));
      assertThat(scene.store().count(Operation.BEGIN)).isOne();
      // Ten parts, and the one that was refused.
      assertThat(scene.store().count(Operation.PART)).isEqualTo(11);
      assertThat(before).isLessThan(11);
    }
  }

  @Test
  void thereAreNeverMoreRequestsThanLanes() throws Exception {
    ToyDisk disk = new ToyDisk().file("big", Bytes.seeded(1, 20 * MIB));
    for (int i = 0; i < 20; i++) {
      disk.file("small" + i, Bytes.seeded(i, 100));
    }
    try (LoadScene scene = scene(disk)) {
      scene
          .store()
          .follow(
              FaultPlan.on(
                  new Fault.Delayed(Duration.ofMillis(20)), Operation.PUT, Operation.PART));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.mostAtOnce()).isEqualTo(LoadScene.SMALL.lanes());
    }
  }

  @Test
  void anUploadWhoseNameWasNeverLearntIsDropped() throws Exception {
    try (LoadScene scene = scene(new ToyDisk().file("big", Bytes.seeded(1, 4 * MIB)))) {
      scene.store().follow(FaultPlan.on(new Fault.AnswerLost(), Operation.BEGIN).atMost(1));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.memory().uploads(LoadScene.BUCKET, "")).isEmpty();
    }
  }

  @Test
  void aCompletionWhoseAnswerWasLostIsAskedForAgain() throws Exception {
    try (LoadScene scene = scene(new ToyDisk().file("big", Bytes.seeded(1, 4 * MIB)))) {
      scene.store().follow(FaultPlan.on(new Fault.AnswerLost(), Operation.COMPLETE).atMost(1));
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.store().count(Operation.PART)).isEqualTo(4);
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
    }
  }

  @Test
  void aPlanOfFarMoreThanTheDeviceHoldsIsHeldUntilItIsMeant() throws Exception {
    ToyDisk disk = new ToyDisk().file("f", Bytes.seeded(1, MIB));
    for (int i = 0; i < 5; i++) {
      disk.hardLink("link" + i, "f");
    }
    try (LoadScene scene = scene(disk)) {
      assertThat(stop(scene.load(), HoldReason.IMPLAUSIBLE_PLAN)).contains("6291456 bytes");
      assertThat(scene.keys()).isEmpty();
      assertThat(scene.load(Manifests.order(1, Manifests.into("bucket", ""), true)))
          .isInstanceOf(LoadResult.Done.class);
    }
  }

  @Test
  void whatStandsInTheWayOfErasingHoldsTheLoadedDevice() throws Exception {
    try (LoadScene scene = scene(new ToyDisk().file("f", Bytes.seeded(1, 3 * MIB)))) {
      scene.volume(Volume.State.HIBERNATED, 0);
      assertThat(stop(scene.load(), HoldReason.NOT_CLEAN)).contains("sleeps");
      assertThat(scene.log()).hasSize(1);
      scene.volume(Volume.State.CLEAN, 2 * MIB);
      assertThat(stop(scene.load(), HoldReason.UNEXPLAINED_SPACE)).contains("2097152 bytes");
      scene.volume(Volume.State.CLEAN, 0).unread("partition 2 holds LUKS, which is not supported");
      assertThat(stop(scene.load(), HoldReason.UNREADABLE_FILE_SYSTEM)).contains("partition 2");
      assertThat(scene.load(Manifests.order(1, Manifests.into("bucket", ""), true)))
          .isInstanceOf(LoadResult.Done.class);
    }
  }

  @Test
  void aDeviceThatVanishesEndsTheLoad() throws Exception {
    try (LoadScene scene = scene(disk(everyWay()))) {
      scene.device().vanishAfter(12);
      assertThatThrownBy(scene::load)
          .isInstanceOfSatisfying(
              MediaException.class,
              e -> assertThat(e.trouble()).isEqualTo(MediaException.Trouble.GONE));
      scene.device().heal();
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
    }
  }

  @Test
  void anEmptyDeviceGivesAnEmptyLog() throws Exception {
    try (LoadScene scene = scene(new ToyDisk())) {
      assertThat(scene.load()).isInstanceOf(LoadResult.Done.class);
      assertThat(scene.log()).isEqualTo(List.of());
      assertThat(scene.prove()).isInstanceOf(ProofResult.Proven.class);
    }
  }
}
