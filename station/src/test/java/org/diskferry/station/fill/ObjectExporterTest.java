package org.diskferry.station.fill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.manifest.ContainerFormat;
import org.diskferry.job.manifest.DeviceFileSystem;
import org.diskferry.job.manifest.ExportOperation;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.naming.ExportKeys;
import org.diskferry.media.MediaException;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.Tool;
import org.diskferry.station.testing.Manifests;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.testing.Fault;
import org.diskferry.store.testing.FaultPlan;
import org.diskferry.store.testing.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectExporterTest {
  private static final int MIB = 1 << 20;

  @TempDir private Path folder;

  private FillScene scene;

  @BeforeEach
  void open() {
    Tool.require(ObjectExporterTest.class, "mkntfs", "mke2fs");
    scene = new FillScene(folder);
  }

  private static byte[] bytes(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private void manyObjects(int count, int most) throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < count; i++) {
      scene.put("dir%d/file-%04d".formatted(i % 7, i), bytes(random.nextInt(most), i));
    }
  }

  private static Manifest.S3Export to(DeviceFileSystem fileSystem) {
    return Manifests.export(fileSystem, FillScene.all());
  }

  private Map<String, Long> sizes() {
    Map<String, Long> sizes = new TreeMap<>();
    scene.objects().forEach((key, content) -> sizes.put(key.value(), (long) content.length));
    return sizes;
  }

  private void assertOnDisk(Map<ObjectKey, byte[]> wanted) throws Exception {
    assertHolds(scene.files(), wanted);
  }

  private static void assertHolds(Map<String, Listing.Row> files, Map<ObjectKey, byte[]> wanted) {
    assertThat(files).hasSize(wanted.size());
    for (Map.Entry<ObjectKey, byte[]> object : wanted.entrySet()) {
      Listing.Row row = files.get(object.getKey().value());
      assertThat(row).as(object.getKey().value()).isNotNull();
      assertThat(row.md5()).isEqualTo(Listing.row(object.getValue(), 0).md5());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyObjectIsAFile(DeviceFileSystem fileSystem) throws Exception {
    manyObjects(300, 100_000);
    scene.put("large", bytes(9 * MIB + 5, 1)).put("empty", new byte[0]).disk(64L * MIB);
    FillResult result = scene.fill(to(fileSystem));
    assertThat(result).isInstanceOf(FillResult.Done.class);
    assertThat(((FillResult.Done) result).summary().files()).isEqualTo(302);
    assertThat(((FillResult.Done) result).summary().errors()).isZero();
    assertOnDisk(scene.objects());
    List<String> log = scene.log();
    assertThat(log).hasSize(302).allMatch(row -> row.startsWith("200 OK "));
    assertThat(log.getLast()).isEqualTo("200 OK large films/large");
    String partition = folder.resolve("partition").toString();
    Tool.run("sgdisk", "--verify", scene.image().toString());
    Tool.run(
        "dd",
        "if=" + scene.image(),
        "of=" + partition,
        "bs=1M",
        "skip=1",
        "count=62",
        "status=none");
    switch (fileSystem) {
      case NTFS -> Tool.run("ntfsfix", "-n", partition);
      case EXT4 -> Tool.run("e2fsck", "-fn", partition);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOnTheDiskIsAPrefixHoweverManyComeAtOnce(DeviceFileSystem fileSystem) throws Exception {
    manyObjects(400, 200_000);
    List<String> first = null;
    for (int lanes : new int[] {1, 8}) {
      Random random = new Random(lanes);
      scene
          .store()
          .follow(call ->
              call.operation() == Operation.READ
                  ? new Fault.Delayed(Duration.ofMillis(random.nextInt(6)))
                  : Fault.none());
      scene.disk(24L * MIB);
      forgetJob();
      FillResult result = scene.fill(to(fileSystem), lanes, new FillScene.Undisturbed());
      assertThat(result).isInstanceOf(FillResult.Done.class);
      List<String> log = scene.log();
      int full = (int) log.stream().takeWhile(row -> row.startsWith("200")).count();
      assertThat(full).isBetween(10, 390);
      assertThat(log.subList(full, log.size())).allMatch(row -> row.startsWith("499 DiskFull"));
      Map<ObjectKey, byte[]> prefix = new TreeMap<>();
      scene.objects().entrySet().stream()
          .limit(full)
          .forEach(entry -> prefix.put(entry.getKey(), entry.getValue()));
      assertOnDisk(prefix);
      if (first != null) {
        assertThat(log).isEqualTo(first);
      }
      first = log;
    }
  }

  private void forgetJob() throws Exception {
    if (Files.exists(folder.resolve("job"))) {
      Tool.run("rm", "-r", folder.resolve("job").toString());
    }
  }

  @Test
  void anObjectThatDoesNotComeHasItsRowAndNothingOnTheDisk() throws Exception {
    manyObjects(40, 50_000);
    List<ObjectKey> keys = new ArrayList<>(scene.objects().keySet());
    Map<String, String> expected = new TreeMap<>();
    expected.put(keys.get(3).value(), "404 NoSuchKey");
    expected.put(keys.get(7).value(), "412 PreconditionFailed");
    expected.put(keys.get(11).value(), "403 AccessDenied");
    expected.put(keys.get(15).value(), "403 InvalidObjectState");
    expected.put(keys.get(19).value(), "508 ReadError");
    scene
        .store()
        .follow(call -> {
          if (call.operation() != Operation.READ) {
            return Fault.none();
          }
          return switch (expected.getOrDefault(call.key(), "")) {
            case "404 NoSuchKey" -> new Fault.Refused(Trouble.NO_SUCH_KEY, "NoSuchKey");
            case "412 PreconditionFailed" ->
                new Fault.Refused(Trouble.PRECONDITION, "PreconditionFailed");
            case "403 AccessDenied" -> new Fault.Refused(Trouble.DENIED, "AccessDenied");
            case "403 InvalidObjectState" ->
                new Fault.Refused(Trouble.DENIED, "InvalidObjectState");
            case "508 ReadError" -> Fault.down();
            default -> Fault.none();
          };
        });
    scene.disk(32L * MIB);
    FillResult result = scene.fill(to(DeviceFileSystem.NTFS));
    assertThat(result).isInstanceOf(FillResult.Done.class);
    assertThat(((FillResult.Done) result).summary().errors()).isEqualTo(5);
    for (String row : scene.log()) {
      String key = row.substring(row.lastIndexOf("films/") + 6);
      assertThat(row).startsWith(expected.getOrDefault(key, "200 OK"));
    }
    Map<ObjectKey, byte[]> rest = new TreeMap<>(scene.objects());
    expected.keySet().forEach(key -> rest.remove(new ObjectKey(key)));
    assertOnDisk(rest);
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatWasStoppedGoesOn(DeviceFileSystem fileSystem) throws Exception {
    manyObjects(200, 200_000);
    scene.disk(64L * MIB);
    long all = sizes().values().stream().mapToLong(Long::longValue).sum();
    FillScene.Undisturbed half =
        new FillScene.Undisturbed() {
          @Override
          public boolean isAbandoned() {
            return bytes() > all / 2;
          }
        };
    assertThat(scene.fill(to(fileSystem), 4, half)).isInstanceOf(FillResult.Abandoned.class);
    scene.store().forget();
    assertThat(scene.fill(to(fileSystem))).isInstanceOf(FillResult.Done.class);
    assertThat(scene.report()).doesNotContain("made anew");
    long again =
        scene.store().calls().stream()
            .filter(call -> call.operation() == Operation.READ)
            .map(call -> call.key())
            .distinct()
            .mapToLong(key -> sizes().getOrDefault(key, 0L))
            .sum();
    assertThat(again).isLessThan(all * 55 / 100 + 2 * MIB);
    assertOnDisk(scene.objects());
  }

  @ParameterizedTest
  @CsvSource({"NTFS, TRUECRYPT", "EXT4, VERACRYPT"})
  void aContainerIsFilledAndGoneOnWith(DeviceFileSystem fileSystem, ContainerFormat format)
      throws Exception {
    manyObjects(150, 100_000);
    scene.disk(64L * MIB);
    Manifest.S3Export manifest =
        Manifests.sealed(fileSystem, "open sesame", format, FillScene.all());
    FillScene.Undisturbed some =
        new FillScene.Undisturbed() {
          @Override
          public boolean isAbandoned() {
            return bytes() > 3 * MIB;
          }
        };
    assertThat(scene.fill(manifest, 4, some)).isInstanceOf(FillResult.Abandoned.class);
    assertThat(scene.fill(manifest)).isInstanceOf(FillResult.Done.class);
    assertThat(scene.report()).doesNotContain("made anew").doesNotContain("sesame");
    assertThat(scene.files()).containsOnlyKeys(Manifests.JOB + ".tc");
    assertHolds(scene.files("open sesame"), scene.objects());
  }

  @Test
  void aVolumeThatWasChangedInBetweenIsMadeAnew() throws Exception {
    manyObjects(100, 100_000);
    scene.disk(32L * MIB);
    FillScene.Undisturbed half =
        new FillScene.Undisturbed() {
          @Override
          public boolean isAbandoned() {
            return bytes() > 2 * MIB;
          }
        };
    assertThat(scene.fill(to(DeviceFileSystem.EXT4), 4, half))
        .isInstanceOf(FillResult.Abandoned.class);
    Tool.run(
        "dd",
        "if=/dev/urandom",
        "of=" + scene.image(),
        "bs=1M",
        "seek=1",
        "count=2",
        "conv=notrunc",
        "status=none");
    assertThat(scene.fill(to(DeviceFileSystem.EXT4))).isInstanceOf(FillResult.Done.class);
    assertThat(scene.report()).contains("made anew");
    assertThat(scene.log()).hasSize(101).first().isEqualTo("103 MadeAnew / ");
    assertOnDisk(scene.objects());
  }

  @Test
  void everyObjectMayHaveADirectoryOfItsOwn() throws Exception {
    for (int i = 0; i < 5000; i++) {
      scene.put("d%04d/file".formatted(i), new byte[] {1});
    }
    scene.disk(96L * MIB);
    FillResult result = scene.fill(to(DeviceFileSystem.EXT4));
    assertThat(result).isInstanceOf(FillResult.Done.class);
    assertThat(((FillResult.Done) result).summary().errors()).isZero();
  }

  @Test
  void aByteThatRotsOnTheDeviceHoldsItUntilItIsMadeAnew() throws Exception {
    manyObjects(20, 50_000);
    byte[] needle = bytes(64 << 10, 99);
    scene.put("needle", needle).disk(32L * MIB);
    FillScene.Undisturbed rotting =
        new FillScene.Undisturbed() {
          private boolean done;

          @Override
          public synchronized void progress(Progress progress) {
            if (progress.phase() == Progress.Phase.VERIFY && !done) {
              done = true;
              scene.flip(needle);
            }
          }
        };
    FillResult result = scene.fill(to(DeviceFileSystem.NTFS), 2, rotting);
    assertThat(result).isInstanceOf(FillResult.Stopped.class);
    assertThat(((FillResult.Stopped) result).reason()).isEqualTo(HoldReason.PROOF_FAILED);
    assertThat(((FillResult.Stopped) result).message()).contains("needle");
    assertThat(scene.fill(to(DeviceFileSystem.NTFS))).isInstanceOf(FillResult.Done.class);
    assertThat(scene.report()).contains("made anew").contains("needle");
    assertOnDisk(scene.objects());
  }

  @Test
  void aDeviceThatIsPulledEndsTheFilling() throws Exception {
    manyObjects(100, 100_000);
    scene.disk(32L * MIB);
    scene.pullAfter(60);
    assertThatThrownBy(() -> scene.fill(to(DeviceFileSystem.EXT4)))
        .isInstanceOf(MediaException.class)
        .extracting(e -> ((MediaException) e).trouble())
        .isEqualTo(MediaException.Trouble.GONE);
    scene.pullAfter(Long.MAX_VALUE);
    assertThat(scene.fill(to(DeviceFileSystem.EXT4))).isInstanceOf(FillResult.Done.class);
    assertOnDisk(scene.objects());
  }

  @Test
  void whateverTheSizeOfTheDiskItHoldsAPrefix() throws Exception {
    manyObjects(120, 200_000);
    for (int size = 8; size <= 22; size++) {
      forgetJob();
      scene.disk((long) size * MIB);
      assertThat(scene.fill(to(DeviceFileSystem.NTFS))).isInstanceOf(FillResult.Done.class);
      List<String> log = scene.log();
      int fit = (int) log.stream().takeWhile(row -> row.startsWith("200")).count();
      assertThat(log).hasSize(120);
      assertThat(log.subList(fit, 120)).allMatch(row -> row.startsWith("499 DiskFull"));
      Map<ObjectKey, byte[]> prefix = new TreeMap<>();
      scene.objects().entrySet().stream()
          .limit(fit)
          .forEach(entry -> prefix.put(entry.getKey(), entry.getValue()));
      assertOnDisk(prefix);
    }
  }

  @Test
  void aChildThatIsKilledCostsARetry() throws Exception {
    manyObjects(150, 100_000);
    scene.disk(32L * MIB);
    FillScene.Undisturbed killing =
        new FillScene.Undisturbed() {
          private boolean done;

          @Override
          public synchronized void progress(Progress progress) {
            super.progress(progress);
            if (!done && bytes() > 3 * MIB) {
              done = true;
              assertThat(ProcessHandle.current().children().filter(ProcessHandle::destroyForcibly))
                  .isNotEmpty();
            }
          }
        };
    assertThat(scene.fill(to(DeviceFileSystem.NTFS), 4, killing))
        .isInstanceOf(FillResult.Done.class);
    assertThat(scene.report()).doesNotContain("made anew");
    assertOnDisk(scene.objects());
  }

  @Test
  void aStoreThatIsGoneForAWhileCostsTime() throws Exception {
    manyObjects(30, 50_000);
    scene.disk(32L * MIB);
    scene.store().follow(FaultPlan.on(Fault.down(), Operation.READ, Operation.REGION).atMost(12));
    assertThat(scene.fill(to(DeviceFileSystem.EXT4), 2, new FillScene.Undisturbed()))
        .isInstanceOf(FillResult.Done.class);
    assertThat(scene.log()).allMatch(row -> row.startsWith("200 OK"));
    assertOnDisk(scene.objects());
  }

  @Test
  void cancellingLeavesARowForEveryObject() throws Exception {
    manyObjects(100, 100_000);
    scene.disk(32L * MIB);
    FillScene.Undisturbed canceled =
        new FillScene.Undisturbed() {
          @Override
          public boolean isCanceled() {
            return bytes() > MIB;
          }
        };
    FillResult result = scene.fill(to(DeviceFileSystem.NTFS), 2, canceled);
    assertThat(result).isInstanceOf(FillResult.Canceled.class);
    List<String> log = scene.log();
    int written = (int) log.stream().filter(row -> row.startsWith("200")).count();
    assertThat(log).hasSize(100);
    assertThat(log.subList(written, 100)).allMatch(row -> row.startsWith("103 Canceled"));
    assertThat(scene.files()).hasSize(written);
  }

  @Test
  void aDeviceThatIsTooSmallIsHeld() throws Exception {
    scene.put("a", new byte[10]).disk(2L * MIB);
    FillResult result = scene.fill(to(DeviceFileSystem.NTFS));
    assertThat(result).isInstanceOf(FillResult.Stopped.class);
    assertThat(((FillResult.Stopped) result).reason()).isEqualTo(HoldReason.CANNOT_FILL);
  }

  @Test
  void aBucketThatIsGoneHolds() throws Exception {
    scene.put("a", new byte[10]).disk(32L * MIB);
    scene.memory().dropBucket(FillScene.BUCKET);
    FillResult result = scene.fill(to(DeviceFileSystem.NTFS));
    assertThat(result).isInstanceOf(FillResult.Stopped.class);
    assertThat(((FillResult.Stopped) result).reason()).isEqualTo(HoldReason.STORE_REFUSES);
  }

  @Test
  void operationsSelectByPrefixAndMarkers() throws Exception {
    for (String key : List.of("a/1", "a/2", "a/3", "a/4", "b/1", "c")) {
      scene.put(key, bytes(5, key.hashCode()));
    }
    scene.disk(32L * MIB);
    Manifest.S3Export manifest =
        Manifests.export(
            DeviceFileSystem.EXT4,
            new ExportOperation("films", "b/", "", "", "second"),
            new ExportOperation("films", "a/", "a/1", "a/3", "first"));
    assertThat(scene.fill(manifest)).isInstanceOf(FillResult.Done.class);
    assertThat(scene.log())
        .containsExactly(
            "200 OK second/b/1 films/b/1",
            "200 OK first/a/2 films/a/2",
            "200 OK first/a/3 films/a/3");
  }

  @Test
  void aFileHasTheTimeThatAnImportKept() throws Exception {
    byte[] content = bytes(100, 1);
    scene
        .put("a", content, Map.of("disk-timestamp", "Wed, 23 Feb 2011 01:55:59 GMT"))
        .put("b", content, Map.of("mtime", "1298426159.5", "z", "Thu, 24 Feb 2011 01:55:59 GMT"))
        .put("c", content, Map.of("changed", "Wed, 23 Feb 2011 01:55:59 GMT", "x", "y"))
        .disk(32L * MIB);
    assertThat(scene.fill(to(DeviceFileSystem.EXT4))).isInstanceOf(FillResult.Done.class);
    long kept = Instant.parse("2011-02-23T01:55:59Z").getEpochSecond();
    assertThat(scene.files().values()).extracting(Listing.Row::mtime).containsOnly(kept);
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyIsOnTheDiskWhereItsRowSays(DeviceFileSystem fileSystem) throws Exception {
    int count = 10_000;
    for (String key : ExportKeys.some(count, new Random(20))) {
      scene.put(key, key.getBytes(UTF_8));
    }
    scene.disk(128L * MIB);
    FillResult result = scene.fill(to(fileSystem));
    assertThat(result).isInstanceOf(FillResult.Done.class);
    Map<String, Listing.Row> files = scene.files();
    Map<String, NamedCsvRecord> rows = scene.rows();
    assertThat(rows).hasSize(count);
    Set<String> places = new HashSet<>();
    for (Map.Entry<ObjectKey, byte[]> object : scene.objects().entrySet()) {
      NamedCsvRecord row = rows.get("films/" + object.getKey().value());
      assertThat(row).as("%s", object.getKey()).isNotNull();
      assertThat(row.getField("Status")).isIn("200", "301");
      assertThat(places.add(row.getField("File"))).isTrue();
      assertThat(files.get(row.getField("File")))
          .as("%s at %s", object.getKey(), row.getField("File"))
          .isNotNull()
          .extracting(Listing.Row::md5)
          .isEqualTo(Listing.row(object.getValue(), 0).md5());
    }
    assertThat(files.keySet()).isEqualTo(places);
  }

  @Test
  void progressIsTold() throws Exception {
    manyObjects(20, 10_000);
    scene.disk(32L * MIB);
    List<Progress.Phase> phases = new ArrayList<>();
    scene.fill(
        to(DeviceFileSystem.NTFS),
        2,
        new FillScene.Undisturbed() {
          @Override
          public synchronized void progress(Progress progress) {
            if (phases.isEmpty() || phases.getLast() != progress.phase()) {
              phases.add(progress.phase());
            }
          }
        });
    assertThat(phases)
        .containsExactly(Progress.Phase.SCAN, Progress.Phase.FILL, Progress.Phase.VERIFY);
  }
}
