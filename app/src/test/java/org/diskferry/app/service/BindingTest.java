package org.diskferry.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.diskferry.job.JobId;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Whose a disk is, through the running service: no SIGNATURE, a wrong one, one too many.
class BindingTest {
  private static final int MIB = 16;

  @TempDir private static Path folder;
  private static ServiceScene scene;
  private static int disks;

  @TempDir private Path work;
  private Path tree;
  private Path image;

  @BeforeAll
  static void start() throws Exception {
    Tool.require(BindingTest.class, "mke2fs");
    scene = ServiceScene.start(folder);
    scene.bucket("binding");
  }

  @AfterAll
  static void stop() throws Exception {
    if (scene != null) {
      scene.close();
    }
  }

  @BeforeEach
  void paths() throws IOException {
    tree = work.resolve("tree");
    // Kept until the end: a new file would get the number of a deleted one, and with it its
    // identity.
    image = folder.resolve("disk-" + ++disks + ".img");
    Content.of("a.bin", 5000).write(tree);
  }

  private void disk() throws Exception {
    ServiceScene.ext4(image, MIB, tree);
  }

  private void assertRefused(Path device, String code, String reason) throws Exception {
    assertThat(scene.await(device, "refused").path("message").asString())
        .contains(code)
        .contains(reason);
    assertThat(Content.of("a.bin", 5000).find(device, 0)).isPositive();
  }

  private void assertTold(JobId job, String code) throws IOException {
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo(code);
  }

  // The disk of the job is still taken afterwards.
  private void assertStillOpen(JobId job) throws Exception {
    Path right = image.resolveSibling(image.getFileName() + ".right");
    Path own = work.resolve("own");
    Content.of("a.bin", 5000).write(own);
    JsonNode status = scene.status(job);
    Files.writeString(own.resolve("SIGNATURE"), status.path("SignatureFileContents").asString());
    ServiceScene.ext4(right, MIB, own);
    scene.attach(right);
    scene.await(right, "done");
    assertTold(job, "Complete");
  }

  @Test
  void aDiskWithoutASignatureIsRefused() throws Exception {
    disk();
    scene.attach(image);
    assertRefused(image, "MissingSignature", "no file SIGNATURE");
  }

  @Test
  void aSignatureUnderAnotherNameIsHintedAt() throws Exception {
    JobId job = scene.createJob("binding", tree);
    Files.move(tree.resolve("SIGNATURE"), tree.resolve("signature.txt"));
    disk();
    scene.attach(image, job);
    assertRefused(image, "MissingSignature", "signature.txt must be renamed");
    assertTold(job, "MissingSignature");
    assertStillOpen(job);
  }

  @Test
  void aMalformedSignatureIsRefused() throws Exception {
    JobId job = scene.createJob("binding", tree);
    Files.writeString(tree.resolve("SIGNATURE"), "version:2.0\nnonsense\n");
    disk();
    scene.attach(image, job);
    assertRefused(image, "InvalidSignature", "");
    assertTold(job, "InvalidSignature");
    assertStillOpen(job);
  }

  @Test
  void aSignatureThatWasMadeForAnotherJobIsRefused() throws Exception {
    JobId other = scene.createJob("binding", work.resolve("other"));
    JobId job = scene.createJob("binding", tree);
    String text = Files.readString(work.resolve("other/SIGNATURE"));
    Files.writeString(tree.resolve("SIGNATURE"), text.replace(other.value(), job.value()));
    disk();
    scene.attach(image);
    assertRefused(image, "InvalidSignature", "was not made for it");
    assertTold(job, "InvalidSignature");
    assertTold(other, "Pending");
    assertStillOpen(job);
  }

  @Test
  void aSignatureOfAJobThatNobodyKnowsIsRefused() throws Exception {
    JobId job = scene.createJob("binding", tree);
    String text = Files.readString(tree.resolve("SIGNATURE"));
    Files.writeString(tree.resolve("SIGNATURE"), text.replace(job.value(), "ZZZZZ"));
    disk();
    scene.attach(image);
    assertRefused(image, "UnknownJob", "ZZZZZ");
  }

  @Test
  void oneSignatureOnTwoDisksCountsForTheFirst() throws Exception {
    JobId job = scene.createJob("binding", tree);
    scene.createJob("binding", work.resolve("unused"));
    disk();
    Path copy = Files.copy(image, image.resolveSibling(image.getFileName() + ".copy"));
    scene.operator("dock attach", Map.of("device", image.toString()));
    scene.await(image, "done");
    scene.attach(copy);
    assertRefused(copy, "JobClosed", job.value());
  }

  @Test
  void aSecondDiskIsRefusedWhileTheFirstWaits() throws Exception {
    JobId job = scene.createJob("binding", tree);
    disk();
    Path copy = Files.copy(image, image.resolveSibling(image.getFileName() + ".copy"));
    hold(job);
    scene.attach(copy);
    assertRefused(copy, "SecondDevice", job.value());
    scene.operator("dock release", Map.of("job", job.value()));
    scene.await(image, "released");
  }

  @Test
  void aDiskThatWaitsForOneJobIsNotTakenForAnother() throws Exception {
    JobId job = scene.createJob("binding", tree);
    disk();
    hold(job);
    scene.detach(image);
    JobId second = scene.createJob("binding", tree);
    Path other = image.resolveSibling(image.getFileName() + ".other");
    ServiceScene.ext4(other, MIB, tree);
    // The same device, with another content.
    Files.write(image, Files.readAllBytes(other));

    scene.attach(image);

    assertRefused(image, "DeviceTaken", "another job's");
    assertTold(second, "Pending");
    scene.operator("dock release", Map.of("job", job.value()));
  }

  @Test
  void theOperatorSeesTheCodeOfADevicesOwnLock() throws Exception {
    JobId job = scene.createJob("binding", tree, "pinCode: 0123\n");
    JobId open = scene.createJob("binding", work.resolve("open"));
    assertThat(scene.operator("dock pin", Map.of("job", job.value())).path("pin").asString())
        .isEqualTo("0123");
    assertThatThrownBy(() -> scene.operator("dock pin", Map.of("job", open.value())))
        .hasMessageContaining("job " + open + " has no pinCode");
    scene.customer("CancelJob", job.value());
    assertThatThrownBy(() -> scene.operator("dock pin", Map.of("job", job.value())))
        .hasMessageContaining("is over");
  }

  // The operator keeps it: loaded, and not erased.
  private void hold(JobId job) throws Exception {
    scene.disks().beforeSecondReading(image, () -> barErase(job));
    scene.attach(image);
    scene.await(image, "on hold");
  }

  private static void barErase(JobId job) {
    try {
      scene.operator("dock hold", Map.of("job", job.value()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
