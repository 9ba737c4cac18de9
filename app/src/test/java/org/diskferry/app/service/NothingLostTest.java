package org.diskferry.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.diskferry.job.JobId;
import org.diskferry.media.testing.FaultyBlockSource;
import org.diskferry.media.testing.Tool;
import org.diskferry.store.testing.Fault;
import org.diskferry.store.testing.FaultPlan;
import org.diskferry.store.testing.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Trouble with the disk or with what was stored, through the running service: nothing is erased
/// that is not proven, and everybody is told what it is about.
class NothingLostTest {
  private static final int MIB = 48;

  @TempDir private static Path folder;
  private static ServiceScene scene;
  private static int disks;

  @TempDir private Path work;
  private Path tree;
  private Path image;

  @BeforeAll
  static void start() throws Exception {
    Tool.require(NothingLostTest.class, "mke2fs", "mkntfs", "ntfscp");
    scene = ServiceScene.start(folder);
    scene.bucket("nothing-lost");
  }

  @AfterAll
  static void stop() throws Exception {
    if (scene != null) {
      scene.close();
    }
  }

  @BeforeEach
  void paths() {
    tree = work.resolve("tree");
    // Kept until the end: a new file would get the number of a deleted one, and with it its
    // identity.
    image = folder.resolve("disk-" + ++disks + ".img");
  }

  @AfterEach
  void calm() throws Exception {
    scene.store().follow(FaultPlan.calm());
    if (scene.disks().isOpen(image)) {
      scene.detach(image);
    }
  }

  private JobId job(List<Content> contents) throws Exception {
    JobId job = scene.createJob("nothing-lost", tree);
    for (Content content : contents) {
      content.write(tree);
    }
    return job;
  }

  private void assertNotErased(Content witness) throws IOException {
    assertThat(witness.find(image, witness.bytes().length - 100)).isPositive();
  }

  private void assertErased() throws IOException {
    assertThat(Arrays.equals(Files.readAllBytes(image), new byte[MIB << 20])).isTrue();
  }

  @Test
  void bytesFlippedOnTheDeviceAfterTheUploadStopTheErase() throws Exception {
    List<Content> contents = Content.everyWay();
    JobId job = job(contents);
    ServiceScene.ext4(image, MIB, tree);
    scene.disks().beforeSecondReading(image, () -> flipAll(contents, List.of(image)));

    scene.attach(image);

    JsonNode held = scene.await(image, "on hold");
    for (Content content : contents) {
      assertThat(held.path("message").asString()).contains(content.name() + ": bytes ");
      assertThat(scene.status(job).path("ProgressMessage").asString()).contains(content.name());
      assertNotErased(content);
    }
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo("InProgress");
    scene.update(job, "nothing-lost", tree);
    scene.await(image, "done");
    assertErased();
  }

  @Test
  void bytesFlippedInTheStoreStopTheErase() throws Exception {
    List<Content> contents = Content.everyWay();
    JobId job = job(contents);
    ServiceScene.ext4(image, MIB, tree);
    // The log is the last thing that is stored before the proof.
    scene
        .store()
        .follow(call -> {
          if (call.operation() == Operation.PUT && call.key().equals("import-log-" + job)) {
            flipAll(contents, filesOfDepot());
          }
          return Fault.none();
        });

    scene.attach(image);

    JsonNode held = scene.await(image, "on hold");
    scene.store().follow(FaultPlan.calm());
    for (Content content : contents) {
      assertThat(held.path("message").asString())
          .contains(content.name() + ": its object cannot be read back");
      assertThat(scene.status(job).path("ProgressMessage").asString()).contains(content.name());
      assertNotErased(content);
    }
    scene.update(job, "nothing-lost", tree);
    scene.await(image, "done");
    assertErased();
    for (Content content : contents) {
      assertThat(scene.log("nothing-lost", job)).contains("," + content.name() + ",200,OK,");
    }
  }

  private static void flipAll(List<Content> contents, List<Path> places) {
    try {
      for (Content content : contents) {
        boolean flipped = false;
        for (Path place : places) {
          flipped |= content.flip(place, content.bytes().length / 2);
        }
        assertThat(flipped).as(content.name()).isTrue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> filesOfDepot() {
    try (Stream<Path> all = Files.walk(scene.depot())) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anUnreadableFileIsARowAndHoldsTheDeviceUntilItIsWaived() throws Exception {
    List<Content> contents = Content.everyWay();
    JobId job = job(contents);
    ServiceScene.ext4(image, MIB, tree);
    Content broken = contents.get(1);
    long at = broken.find(image, 2 << 20);
    scene.disks().fail(image, sound -> sound.failAt(at, 512));

    scene.attach(image);

    assertThat(scene.await(image, "on hold").path("message").asString()).contains("1 rows");
    JsonNode status = scene.status(job);
    assertThat(status.path("ProgressCode").asString()).isEqualTo("SuccessWithErrors");
    assertThat(status.path("ErrorCount").asString()).isEqualTo("1");
    assertThat(scene.log("nothing-lost", job)).contains(",streamed.bin,508,ReadError,,,");
    assertThat(scene.report("nothing-lost", job)).contains("unreadable");
    assertNotErased(broken);
    scene.operator("dock waive", Map.of("job", job.value()));
    scene.await(image, "done");
    assertErased();
  }

  @Test
  void aLostRecordOfTheMasterFileTableHoldsTheDevice() throws Exception {
    JobId job = job(Content.everyWay());
    ServiceScene.ntfs(image, MIB, tree);
    long record = record(Files.readAllBytes(image), "streamed.bin");
    scene.disks().fail(image, sound -> sound.failAt(record, 1024));

    scene.attach(image);

    JsonNode held = scene.await(image, "on hold");
    assertThat(held.path("message").asString()).contains("belong to no file that was found");
    assertThat(scene.status(job).path("ProgressMessage").asString()).contains("belong to no file");
    assertThat(scene.log("nothing-lost", job))
        .contains(",508,ReadError,,,")
        .contains(",small.bin,200,OK,");
    assertNotErased(Content.everyWay().get(1));
  }

  @Test
  void aMasterFileTableThatIsGoneHoldsTheDevice() throws Exception {
    JobId job = job(Content.everyWay());
    ServiceScene.ntfs(image, MIB, tree);
    byte[] bytes = Files.readAllBytes(image);
    long table = record(bytes, "$MFT");
    int after = 1 << 20;
    long mirror = after + record(Arrays.copyOfRange(bytes, after, bytes.length), "$MFT");
    scene.disks().fail(image, sound -> sound.failAt(table, 64 << 10).failAt(mirror, 4 << 10));

    scene.attach(image, job);

    JsonNode held = scene.await(image, "on hold");
    assertThat(held.path("message").asString()).contains("NTFS that cannot be read");
    assertThat(scene.status(job).path("ProgressMessage").asString()).contains("cannot be read");
    assertNotErased(Content.everyWay().get(1));
  }

  // Where the record of the file with this name lies.
  private static long record(byte[] disk, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_16LE);
    for (int at = 0; at + 1024 <= disk.length; at += 1024) {
      if (disk[at] == 'F' && disk[at + 1] == 'I' && disk[at + 2] == 'L' && disk[at + 3] == 'E') {
        for (int i = at; i + wanted.length <= at + 512; i++) {
          if (Arrays.equals(disk, i, i + wanted.length, wanted, 0, wanted.length)) {
            return at;
          }
        }
      }
    }
    throw new IllegalStateException("no record of " + name);
  }

  @Test
  void whatAVolumeHadNotWrittenYetHoldsTheDevice() throws Exception {
    JobId job = job(Content.everyWay());
    ServiceScene.ntfs(image, MIB, tree);
    setDirty();

    scene.attach(image);

    JsonNode held = scene.await(image, "on hold");
    assertThat(held.path("message").asString()).contains("(NTFS) was not unmounted");
    JsonNode status = scene.status(job);
    assertThat(status.path("ProgressCode").asString()).isEqualTo("InProgress");
    assertThat(status.path("ProgressMessage").asString()).contains("(NTFS) was not unmounted");
    assertThat(scene.log("nothing-lost", job)).contains(",streamed.bin,200,OK,");
    assertNotErased(Content.everyWay().get(1));
    scene.operator("dock waive", Map.of("job", job.value()));
    scene.await(image, "done");
    assertErased();
  }

  // The flags are the last two bytes of $VOLUME_INFORMATION (0x70) in record 3.
  private void setDirty() throws IOException {
    byte[] bytes = Files.readAllBytes(image);
    int record = (int) record(bytes, "$Volume");
    int attribute = record + (bytes[record + 20] & 0xff);
    while (bytes[attribute] != 0x70) {
      attribute += (bytes[attribute + 4] & 0xff) | (bytes[attribute + 5] & 0xff) << 8;
    }
    bytes[attribute + (bytes[attribute + 20] & 0xff) + 10] |= 1;
    Files.write(image, bytes);
  }

  @Test
  void aDeviceThatVanishesFailsAndSaysSo() throws Exception {
    JobId job = job(Content.everyWay());
    ServiceScene.ext4(image, MIB, tree);
    AtomicReference<FaultyBlockSource> source = new AtomicReference<>();
    scene
        .disks()
        .fail(
            image,
            sound -> {
              source.set(sound);
              return sound;
            });
    scene
        .store()
        .follow(call -> {
          if (call.operation() == Operation.BEGIN) {
            source.get().vanishAfter(source.get().reads());
          }
          return Fault.none();
        });

    scene.attach(image);

    assertThat(scene.await(image, "failed").path("message").asString()).contains("gone");
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo("DeviceError");
    assertNotErased(Content.everyWay().get(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 1 << 20})
  void whatIsNoDiskIsRefused(int size) throws Exception {
    Files.write(image, Content.of("noise", size).bytes());

    scene.attach(image);

    assertThat(scene.await(image, "refused").path("message").asString())
        .contains(size == 0 ? "Blank" : "MissingSignature");
    assertThat(Files.size(image)).isEqualTo(size);
  }

  @Test
  void aTruncatedDiskIsHeldOrRefusedAndKept() throws Exception {
    JobId job = job(Content.everyWay());
    ServiceScene.ext4(image, MIB, tree);
    byte[] half = Arrays.copyOf(Files.readAllBytes(image), MIB << 19);
    Files.write(image, half);

    scene.attach(image, job);

    scene.await(image, "on hold");
    assertThat(scene.status(job).path("ErrorCount").asString()).isNotEqualTo("0");
    assertThat(scene.log("nothing-lost", job)).contains(",508,ReadError,");
    assertThat(Files.readAllBytes(image)).isEqualTo(half);
  }
}
