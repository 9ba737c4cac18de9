package org.diskferry.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.diskferry.job.JobId;
import org.diskferry.media.testing.NotRun;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// A store that does not do what it is asked, under the running service: the device waits, the
/// customer is told why, and when the store is well again everything ends as it should.
class StoreTroubleTest {
  private static final int MIB = 40;

  @TempDir private static Path folder;
  private static ServiceScene scene;
  private static int disks;

  @TempDir private Path work;
  private Path tree;
  private Path image;

  @BeforeAll
  static void start() throws Exception {
    Tool.require(StoreTroubleTest.class, "mke2fs");
    scene = ServiceScene.start(folder);
    scene.bucket("trouble");
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
    scene.gate().open();
    scene.store().follow(FaultPlan.calm());
    scene.store().forget();
    scene.clock().ahead(Duration.ZERO);
    if (scene.disks().isOpen(image)) {
      scene.detach(image);
    }
  }

  private JobId disk(String bucket) throws Exception {
    JobId job = scene.createJob(bucket, tree);
    for (Content content : Content.everyWay()) {
      content.write(tree);
    }
    ServiceScene.ext4(image, MIB, tree);
    return job;
  }

  private void assertErasedAndStored(JobId job) throws Exception {
    assertThat(Arrays.equals(Files.readAllBytes(image), new byte[MIB << 20])).isTrue();
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo("Complete");
    for (Content content : Content.everyWay()) {
      assertThat(scene.log("trouble", job)).contains("," + content.name() + ",200,OK,");
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(Fault.denied(), "grant the right"), Arguments.of(Fault.full(), "make room"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aStoreThatRefusesHoldsTheDeviceUntilTheCustomerTriesAgain(Fault refusal, String advice)
      throws Exception {
    JobId job = disk("trouble");
    scene.store().follow(FaultPlan.on(refusal, Operation.PUT, Operation.PART));

    scene.attach(image);

    JsonNode held = scene.await(image, "on hold");
    assertThat(held.path("message").asString()).contains("trouble").contains(advice);
    JsonNode status = scene.status(job);
    assertThat(status.path("ProgressCode").asString()).isEqualTo("InProgress");
    assertThat(status.path("ProgressMessage").asString()).contains(advice);
    assertThat(Content.everyWay().getFirst().find(image, 0)).isPositive();
    scene.store().follow(FaultPlan.calm());
    scene.update(job, "trouble", tree);
    scene.await(image, "done");
    assertErasedAndStored(job);
  }

  @Test
  void aStoreThatFailsForAMomentCostsNobodyAnything() throws Exception {
    JobId job = disk("trouble");
    scene.store().follow(FaultPlan.on(Fault.down(), Operation.PUT, Operation.PART).atMost(2));

    scene.attach(image);

    scene.await(image, "done");
    assertErasedAndStored(job);
  }

  @Test
  void aStoreThatFailsForAnHourHoldsTheDevice() throws Exception {
    JobId job = disk("trouble");
    scene.store().follow(FaultPlan.on(Fault.down(), Operation.PUT));
    scene.attach(image);
    scene.await(image, "loading");
    // Two files fail, and fail again: from the first time on it is waited.
    awaitCalls(4, Operation.PUT);

    scene.clock().ahead(Duration.ofMinutes(90));

    JsonNode held = scene.await(image, "on hold");
    assertThat(held.path("message").asString()).contains("goes on when the store answers");
    scene.clock().ahead(Duration.ZERO);
    assertThat(scene.status(job).path("ProgressMessage").asString()).contains("store answers");
    scene.store().follow(FaultPlan.calm());
    scene.update(job, "trouble", tree);
    scene.await(image, "done");
    assertErasedAndStored(job);
  }

  @Test
  void aStoreThatHangsIsWaitedForAndForgiven() throws Exception {
    JobId job = disk("trouble");
    scene
        .store()
        .follow(call -> {
          if (call.operation() == Operation.BEGIN) {
            scene.gate().shut();
          }
          return Fault.none();
        });
    scene.attach(image);
    // The request that hangs was given up, and the second attempt first looks what became of it.
    awaitCalls(1, Operation.UPLOADS);
    assertThat(scene.bay(image).path("state").asString()).isEqualTo("loading");
    scene.store().follow(FaultPlan.calm());

    scene.gate().open();

    scene.await(image, "done");
    assertErasedAndStored(job);
  }

  private static void awaitCalls(int count, Operation operation) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (scene.store().count(operation) < count) {
      if (System.nanoTime() > deadline) {
        throw new IOException("no " + count + " calls of " + operation);
      }
      Thread.sleep(20);
    }
  }

  @Test
  void aBucketThatIsDeletedAfterTheJobWasMadeHoldsTheDevice() throws Exception {
    NotRun.unless(
        Files.isExecutable(Path.of("/usr/bin/aws")),
        StoreTroubleTest.class,
        "a bucket deleted after CreateJob",
        "awscli");
    scene.bucket("vanishing");
    JobId job = disk("vanishing");
    s3("s3", "rb", "s3://vanishing");

    scene.attach(image);

    JsonNode held = scene.await(image, "on hold");
    assertThat(held.path("message").asString()).contains("vanishing").contains("create the bucket");
    assertThat(scene.status(job).path("ProgressMessage").asString()).contains("create the bucket");
    assertThat(Content.everyWay().getFirst().find(image, 0)).isPositive();
    scene.update(job, "trouble", tree);
    scene.await(image, "done");
    assertErasedAndStored(job);
  }

  @Test
  void whatNobodyDecidesGoesBackAsItIs() throws Exception {
    JobId job = disk("trouble");
    scene.store().follow(FaultPlan.on(Fault.denied(), Operation.PUT, Operation.PART));
    scene.attach(image);
    scene.await(image, "on hold");

    scene.operator("dock release", Map.of("job", job.value()));

    scene.await(image, "released");
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo("Canceled");
    assertThat(Content.everyWay().getFirst().find(image, 0)).isPositive();
  }

  private static void s3(String... words) throws Exception {
    String script =
        ". '%s'; /usr/bin/aws --endpoint-url \"$AWS_ENDPOINT_URL_S3\" %s"
            .formatted(scene.clientEnvironment(), String.join(" ", List.of(words)));
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }
}
