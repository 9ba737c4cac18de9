package org.diskferry.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.diskferry.job.JobId;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Disks that are filled by the running service.
class ExportTest {
  private static final String BUCKET = "films";
  private static final int SIZE = 32;

  @TempDir private static Path folder;
  private static ServiceScene scene;
  private static final Map<String, String> OBJECTS = new TreeMap<>();
  private static int disks;

  @TempDir private Path work;
  private Path tree;
  private Path image;

  @BeforeAll
  static void start() throws Exception {
    Tool.require(ExportTest.class, "mke2fs", "mkntfs");
    scene = ServiceScene.start(folder);
    scene.bucket(BUCKET);
    scene.bucket("logs");
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      byte[] content = new byte[random.nextInt(40_000)];
      random.nextBytes(content);
      String text = new String(content, UTF_8);
      String key = "reel %d/frame %03d.txt".formatted(i % 4, i);
      scene.put(BUCKET, key, text.getBytes(UTF_8));
      OBJECTS.put(key, text);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (scene != null) {
      scene.close();
    }
  }

  @BeforeEach
  void paths() throws Exception {
    tree = work.resolve("tree");
    Files.createDirectories(tree);
    image = folder.resolve("disk-" + ++disks + ".img");
  }

  private static String manifest(String fileSystem) {
    return """
    fileSystem: %s
    logBucket: logs
    pinCode: 1234
    operations:
      - exportBucket: films
        targetDirectory: /
    """
        .formatted(fileSystem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NTFS", "EXT4"})
  void aDiskIsFilledAndGivesTheSameBucketWhenItIsLoaded(String fileSystem) throws Exception {
    JobId job = scene.createExport(tree, manifest(fileSystem));
    ServiceScene.ext4(image, SIZE, tree);
    scene.attach(image);
    // It has a lock of its own, and somebody must say that it is open.
    scene.await(image, "on hold");
    assertThat(scene.status(job).toString()).contains("pinCode");
    scene.operator("dock waive", Map.of("job", job.value()));
    scene.await(image, "done");
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo("Complete");
    String log = scene.object("logs", "export-log-" + job);
    assertThat(log.lines()).hasSize(OBJECTS.size() + 1);
    scene.detach(image);

    String bucket = "back-" + fileSystem.toLowerCase(Locale.ROOT);
    scene.bucket(bucket);
    Path signed = work.resolve("signed");
    JobId load = scene.createJob(bucket, signed, "diskTimestampMetadataKey: disk-timestamp\n");
    Path sentAgain = folder.resolve("again-" + disks + ".img");
    sign(sentAgain, fileSystem, signed.resolve("SIGNATURE"));
    scene.attach(sentAgain);
    scene.await(sentAgain, "done");
    for (Map.Entry<String, String> object : OBJECTS.entrySet()) {
      assertThat(scene.object(bucket, object.getKey()))
          .as(object.getKey())
          .isEqualTo(object.getValue());
      String time = scene.metadata(bucket, object.getKey()).getOrDefault("disk-timestamp", "");
      assertThat(DateTimeFormatter.RFC_1123_DATE_TIME.parse(time, Instant::from))
          .as(object.getKey())
          .isEqualTo(scene.modified(BUCKET, object.getKey()));
    }
    assertThat(scene.log(bucket, load).lines()).hasSize(OBJECTS.size() + 2);
  }

  // The customer keeps the disk and sends it again: a copy of it with a new SIGNATURE.
  private void sign(Path copy, String fileSystem, Path signature) throws Exception {
    String partition = work.resolve("partition").toString();
    Tool.run("cp", image.toString(), copy.toString());
    Tool.run("dd", "if=" + copy, "of=" + partition, "bs=1M", "skip=1", "count=30", "status=none");
    switch (fileSystem) {
      case "NTFS" -> Tool.run("ntfscp", partition, signature.toString(), "SIGNATURE");
      default -> Tool.run("debugfs", "-w", "-R", "write " + signature + " SIGNATURE", partition);
    }
    Tool.run(
        "dd", "if=" + partition, "of=" + copy, "bs=1M", "seek=1", "conv=notrunc", "status=none");
  }

  @Test
  void aDeviceThatWasFilledIsNotTakenUpAgain() throws Exception {
    JobId job = scene.createExport(tree, manifest("EXT4"));
    ServiceScene.ext4(image, SIZE, tree);
    scene.attach(image);
    scene.await(image, "on hold");
    scene.operator("dock waive", Map.of("job", job.value()));
    scene.await(image, "done");
    scene.detach(image);
    scene.attach(image);
    assertThat(scene.await(image, "refused").path("message").asString()).contains(job.value());
  }
}
