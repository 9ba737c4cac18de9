package org.diskferry.app.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.diskferry.job.JobId;
import org.diskferry.store.StoreException;
import org.diskferry.tool.screen.Sizes;

/// The bucket of [DemoImport] goes out on another disk, encrypted.
final class DemoExport {
  private static final long DISK = 512L << 20;
  private static final String PASSWORD = "correct horse battery staple";

  private static final String MANIFEST =
      """
      manifestVersion: 2.0
      generator: Diskferry demo
      deviceId: DEMO-2
      fileSystem: EXT4
      trueCryptPassword: %s
      logBucket: demo-archive
      notificationEmail: archive@example.com
      operations:
        - exportBucket: demo-archive
          prefix: disk-1/
          targetDirectory: /
      returnAddress:
        name: Demo
        street1: 1 Any Street
        city: Anytown
        stateOrProvince: WA
        postalCode: 98101
        country: USA
        phoneNumber: 206-555-0100
      """
          .formatted(PASSWORD);

  private final DemoStage stage;
  private final PrintWriter out;

  DemoExport(DemoStage stage) {
    this.stage = stage;
    this.out = stage.out();
  }

  void run() throws IOException, InterruptedException, StoreException {
    stage.step("And out again: a job for an empty disk, which is to come back encrypted");
    Path tree = Files.createDirectories(stage.file("empty"));
    JobId job = stage.createJob("Export", MANIFEST, tree);
    Path image = stage.file("export.img.part");
    DemoDisk.make(image, DISK, tree);
    stage.step("The disk arrives");
    Instant start = Instant.now();
    Path docked = stage.dock(image);
    stage.follow(job);
    Duration took = Duration.between(start, Instant.now());
    stage.step("The log");
    long bytes = stage.showLog(DemoImport.BUCKET, "export-log-" + job);
    out.printf(
        "proven: the disk was opened anew, %s read back and compared; %.0f MB/s over the whole"
            + " stay%n",
        Sizes.of(bytes), bytes / 1e6 / Math.max(0.001, took.toMillis() / 1e3));
    stage.step("The disk leaves its bay, and is looked at by whoever has the password");
    stage.detach(docked);
    Path password = Files.writeString(stage.file("password.txt"), PASSWORD);
    stage.command(
        "disk",
        "show",
        docked.toString(),
        "--container",
        job + ".tc",
        "--password-file",
        password.toString());
    stage.command("GetStatus", job.value(), "--json");
    out.flush();
  }
}
