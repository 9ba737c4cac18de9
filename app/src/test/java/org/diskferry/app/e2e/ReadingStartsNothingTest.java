package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.diskferry.app.home.Home;
import org.diskferry.app.operator.OperatorClient;
import org.diskferry.media.testing.ContentSet;
import org.diskferry.media.testing.Kit;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.NotRun;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// While a disk is read no process is started and nothing is mounted: the system calls of the
/// customer's tool and of the running service are watched.
class ReadingStartsNothingTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int MIB = 48;
  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");

  /// Everything that starts a program, makes a process, or mounts.
  private static final String WATCHED =
      "execve,execveat,fork,vfork,clone,clone3,mount,umount2,move_mount,fsopen,fsmount,fspick,"
          + "open_tree,mount_setattr,pivot_root,swapon";

  @TempDir private Path folder;

  /// File systems that are read by our own code.
  enum Format {
    NTFS {
      @Override
      void make(Path image, Path tree) throws Exception {
        Tool.run("mkntfs", "-Q", "-F", "-q", image.toString());
        try (Stream<Path> files = Files.walk(tree)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            Tool.run("ntfscp", image.toString(), file.toString(), file.getFileName().toString());
          }
        }
      }
    },
    EXT4 {
      @Override
      void make(Path image, Path tree) throws Exception {
        Tool.run("mke2fs", "-q", "-F", "-t", "ext4", "-d", tree.toString(), image.toString());
      }
    };

    abstract void make(Path image, Path tree) throws Exception;

    Path disk(Path image, Path tree) throws Exception {
      try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
        disk.setLength((long) MIB << 20);
      }
      make(image, tree);
      return image;
    }
  }

  @BeforeEach
  void needsTools() {
    Tool.require(ReadingStartsNothingTest.class, "strace", "mke2fs", "mkntfs", "ntfscp");
  }

  private Listing tree(Path tree) throws IOException {
    return new ContentSet(5)
        .smallFiles("small", 60, 50_000)
        .file("film.bin", 18 << 20, ContentSet.Pattern.RANDOM)
        .writeTo(Files.createDirectories(tree));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void theToolListsADiskWithoutAnyOtherProcessOrMount(Format format) throws Exception {
    Path jar = Kit.root().resolve("tool/target/diskferry-tool.jar");
    NotRun.unless(
        Files.exists(jar), ReadingStartsNothingTest.class, "the tool's system calls", "its jar");
    Path tree = folder.resolve("tree");
    Listing expected = tree(tree);
    Path image = format.disk(folder.resolve("disk.img"), tree);
    Path trace = folder.resolve("trace");

    String listed =
        Tool.run(
            List.of(
                "strace",
                "-f",
                "-qq",
                "-e",
                "trace=" + WATCHED,
                "-o",
                trace.toString(),
                java(),
                "-jar",
                jar.toString(),
                "disk",
                "list",
                image.toString(),
                "--md5"));

    assertThat(listed.lines()).hasSize(expected.files().size());
    List<String> calls = Files.readAllLines(trace);
    List<String> started = calls.stream().filter(call -> call.contains("execve")).toList();
    assertThat(started).singleElement().asString().contains("bin/java");
    assertNoOther(calls.stream().filter(call -> !call.contains("execve")).toList());
  }

  @Test
  void theStationLoadsDisksWithoutAnyOtherProcessOrMount() throws Exception {
    NotRun.unless(
        Files.isExecutable(Path.of("/usr/bin/aws")),
        ReadingStartsNothingTest.class,
        "the station's system calls",
        "awscli");
    Path home = folder.resolve("home");
    try (Up up = Up.start(home)) {
      up.s3("s3", "mb", "s3://watched");
      Path trace = folder.resolve("trace");
      for (Format format : Format.values()) {
        Path tree = folder.resolve("tree-" + format);
        String job = createJob(up, tree);
        tree(tree);
        format.disk(up.dock().resolve(format + ".img.part"), tree);
        Process strace = watch(up, trace);
        try {
          Files.move(up.dock().resolve(format + ".img.part"), up.dock().resolve(format + ".img"));
          await(home, job);
        } finally {
          strace.destroy();
          strace.waitFor();
        }
        List<String> calls = Files.readAllLines(trace);
        assertThat(calls).as("threads at least are seen").isNotEmpty();
        assertNoOther(calls);
      }
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Process watch(Up up, Path trace) throws IOException, InterruptedException {
    Path said = trace.resolveSibling("strace.said");
    Process strace =
        new ProcessBuilder(
                "strace",
                "-f",
                "-e",
                "trace=" + WATCHED,
                "-o",
                trace.toString(),
                "-p",
                Long.toString(up.pid()))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(said).contains("attached")) {
      if (!strace.isAlive() || System.nanoTime() > deadline) {
        strace.destroy();
        throw new IOException("strace: " + Files.readString(said));
      }
      Thread.sleep(50);
    }
    return strace;
  }

  // What is left are threads: they share our memory and start nothing.
  private static void assertNoOther(List<String> calls) {
    assertThat(calls)
        .filteredOn(call -> call.contains("("))
        .allSatisfy(call -> assertThat(call).containsPattern("clone3?\\(|clone3? resumed"))
        .filteredOn(call -> !call.contains("resumed"))
        .allSatisfy(call -> assertThat(call).contains("CLONE_THREAD"));
  }

  private static String createJob(Up up, Path tree) throws Exception {
    Path manifest =
        Files.writeString(
            tree.resolveSibling(tree.getFileName() + ".manifest"),
            """
            manifestVersion: 2.0
            bucket: watched
            deviceId: W1
            eraseDevice: yes
            notificationEmail: archive@example.com
            returnAddress:
              name: Any Name
              street1: 1 Any Street
              city: Anytown
              stateOrProvince: WA
              postalCode: 98101
              country: USA
              phoneNumber: 206-555-0100
            """);
    Files.createDirectories(tree);
    Matcher id =
        JOB_ID.matcher(up.diskferry("CreateJob", "Import", manifest.toString(), tree.toString()));
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private static void await(Path home, String job) throws Exception {
    OperatorClient operator = new OperatorClient(new Home(home).operatorSocket());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String list = "";
    while (System.nanoTime() < deadline) {
      for (JsonNode row : operator.call("dock list", Map.of())) {
        if (row.path("job").asString("").equals(job)
            && row.path("state").asString("").equals("done")) {
          return;
        }
        list = row.toString();
      }
      Thread.sleep(200);
    }
    throw new IOException("job " + job + " is not done: " + list);
  }
}
