package org.diskferry.bench.fill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.diskferry.app.home.Home;
import org.diskferry.app.service.RunningService;
import org.diskferry.app.service.ServiceSettings;
import org.diskferry.bench.transfer.Corpus;
import org.diskferry.bench.transfer.Measured;
import org.diskferry.bench.whole.Rclone;
import org.diskferry.bench.whole.WholeOptions;
import org.diskferry.job.manifest.DeviceFileSystem;
import org.diskferry.station.task.FileBody;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command: fills a bucket of the embedded depot, exports it with our station onto each file
/// system, plain and in a container, and, where it is installed, copies it with rclone into a mount
/// of the same file system, made and synced in the same measure. What the kernel's own threads do
/// for ext4 is nobody's and not counted.
@Command(
    name = "fill",
    mixinStandardHelpOptions = true,
    description =
        "Fills disks from the embedded depot, beside rclone copy into a mounted one (root).")
public final class FillBench implements Callable<Integer> {
  private static final int MIB = 1 << 20;

  @Mixin private WholeOptions options = new WholeOptions();

  private Path work = Path.of("");

  @Override
  public Integer call() throws Exception {
    work = options.work("fill");
    try {
      Home home = new Home(work.resolve("home")).prepared();
      try (RunningService service =
          RunningService.start(new ServiceSettings(home, 0, null), InstantSource.system())) {
        Corpus corpus = new Corpus(options.directory());
        if (options.large() > 0) {
          compare(service, home, corpus.large(options.large(), options.largeMebibytes()), 4);
        }
        if (options.small() > 0) {
          compare(service, home, corpus.small(options.small()), 16);
        }
      }
    } finally {
      delete(work);
    }
    return 0;
  }

  private void compare(RunningService service, Home home, Path files, int transfers)
      throws StoreException, IOException, InterruptedException {
    long bytes = Corpus.bytes(files);
    int objects = Corpus.files(files).size();
    String bucket = String.valueOf(files.getFileName());
    System.out.printf("%s: %d objects, %d MiB%n", bucket, objects, bytes / MIB);
    service.createBucket(new BucketName(bucket), "us-east-1");
    Rclone client = new Rclone(options.rclone(), service, home, transfers);
    for (Path file : Corpus.files(files)) {
      ObjectKey key = new ObjectKey(files.relativize(file).toString());
      FileBody.store(
          file, service.store(), new BucketName(bucket), key, "application/octet-stream");
    }
    for (DeviceFileSystem fileSystem : DeviceFileSystem.values()) {
      for (String password : List.of("", "a password of the bench")) {
        Measured ours =
            Measured.run(ours(service, home, bucket, bytes, objects, fileSystem, password));
        String how = password.isEmpty() ? "plain" : "in a container";
        System.out.println(ours.row("  ours, " + fileSystem + " " + how, bytes, objects));
      }
      if (!options.rclone().isEmpty()) {
        Measured theirs = Measured.run(mounted(client, bucket, bytes, objects, fileSystem));
        System.out.println(theirs.row("  rclone, " + fileSystem + " mounted", bytes, objects));
      }
    }
  }

  private Path image(long bytes, int objects) throws IOException {
    Path image = work.resolve("disk.img");
    Files.deleteIfExists(image);
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      disk.setLength(bytes / 10 * 11 + objects * 8192L + 256L * MIB);
    }
    return image;
  }

  private List<String> ours(
      RunningService service,
      Home home,
      String bucket,
      long bytes,
      int objects,
      DeviceFileSystem fileSystem,
      String password)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heap(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FillProcess.class.getName(),
                service.objects().toString(),
                bucket,
                home.keys().resolve("customer.user").toString(),
                home.keys().resolve("cert.pem").toString(),
                image(bytes, objects).toString(),
                Files.createTempDirectory(work, "job").toString(),
                fileSystem.name()));
    if (!password.isEmpty()) {
      command.add(password);
    }
    return command;
  }

  // Made, filled, synced and unmounted by one shell, whose children all count.
  private List<String> mounted(
      Rclone client, String bucket, long bytes, int objects, DeviceFileSystem fileSystem)
      throws IOException {
    Path image = image(bytes, objects);
    Path mount = Files.createTempDirectory(work, "mount");
    String copy =
        String.join(
            " ",
            client.command("copy", client.bucket(bucket), mount.toString()).stream()
                .map(word -> "'" + word + "'")
                .toList());
    String script =
        switch (fileSystem) {
          case NTFS ->
              """
              set -e
              mkntfs -Q -F -q '%1$s' > /dev/null 2>&1
              ntfs-3g -o no_detach,big_writes '%1$s' '%2$s' > /dev/null 2>&1 &
              until mountpoint -q '%2$s'; do sleep 0.1; done
              %3$s
              sync -f '%2$s'
              umount '%2$s'
              wait
              """;
          case EXT4 ->
              """
              set -e
              mke2fs -q -F -t ext4 '%1$s'
              mount -o loop '%1$s' '%2$s'
              %3$s
              sync -f '%2$s'
              umount '%2$s'
              """;
        };
    return List.of("sh", "-c", script.formatted(image, mount, copy));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
