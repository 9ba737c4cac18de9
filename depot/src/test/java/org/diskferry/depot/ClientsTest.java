package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.diskferry.postgres.testing.NotRun;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that others wrote, each as a process of its own.
class ClientsTest {
  private static final Path AWS = Path.of("/usr/bin/aws");
  private static final Path RCLONE = Path.of("/usr/bin/rclone");
  private static final Path S3CMD = Path.of("/usr/bin/s3cmd");
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir static Path temporary;
  private static TestDatabase database;
  private static TestDepot depot;
  private static Path tree;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, temporary.resolve("depot"));
    tree = Files.createDirectories(temporary.resolve("tree/sub dir")).getParent();
    write("small.txt", 5);
    write("sub dir/odd name +%&é.bin", 70_000);
    write("empty", 0);
    write("large", 20_000_000);
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  @Test
  void theAwsCommandLineSyncsBothWays() throws Exception {
    need(AWS, "aws s3", "awscli");
    aws("s3", "mb", "s3://by-aws");
    aws("s3", "sync", tree.toString(), "s3://by-aws/t", "--acl", "public-read");
    Path back = temporary.resolve("by-aws");
    aws("s3", "sync", "s3://by-aws/t", back.toString());
    assertSameTree(back);
    assertThat(aws("s3", "ls", "s3://by-aws/t/")).contains("PRE sub dir/").contains("small.txt");
    aws("s3", "cp", "s3://by-aws/t/large", "s3://by-aws/copy");
    assertThat(aws("s3api", "head-object", "--bucket", "by-aws", "--key", "copy"))
        .contains("20000000");
    assertThat(aws("s3api", "get-object-acl", "--bucket", "by-aws", "--key", "t/large"))
        .contains("AllUsers");
    aws("s3", "mv", "s3://by-aws/copy", "s3://by-aws/moved");
    aws("s3", "rm", "s3://by-aws", "--recursive");
    aws("s3", "rb", "s3://by-aws");
  }

  @Test
  void rcloneCopiesAndChecks() throws Exception {
    need(RCLONE, "rclone", "rclone");
    rclone("mkdir", "depot:by-rclone");
    rclone("copy", tree.toString(), "depot:by-rclone/t");
    rclone("check", "--download", tree.toString(), "depot:by-rclone/t");
    Path back = temporary.resolve("by-rclone");
    rclone("copy", "depot:by-rclone/t", back.toString());
    assertSameTree(back);
    rclone("moveto", "depot:by-rclone/t/large", "depot:by-rclone/moved");
    rclone("purge", "depot:by-rclone");
  }

  @Test
  void s3cmdPutsGetsAndDeletes() throws Exception {
    need(S3CMD, "s3cmd", "s3cmd");
    s3cmd("mb", "s3://by-s3cmd");
    s3cmd("sync", tree + "/", "s3://by-s3cmd/t/");
    Path back = Files.createDirectories(temporary.resolve("by-s3cmd"));
    s3cmd("sync", "s3://by-s3cmd/t/", back + "/");
    assertSameTree(back);
    s3cmd("setacl", "--acl-public", "s3://by-s3cmd/t/small.txt");
    assertThat(s3cmd("info", "s3://by-s3cmd/t/small.txt")).contains("*anon*: READ");
    s3cmd("rb", "--recursive", "s3://by-s3cmd");
  }

  @Test
  void boto3DoesAllOperations() throws Exception {
    need(PYTHON, "boto3", "python3-boto3");
    if (exitOf(PYTHON.toString(), "-c", "import boto3") != 0) {
      throw NotRun.because(getClass(), "boto3", "python3-boto3");
    }
    Path script = temporary.resolve("operations.py");
    try (var in = ClientsTest.class.getResourceAsStream("operations.py")) {
      Files.write(script, in.readAllBytes());
    }
    String out = run(PYTHON.toString(), script.toString(), depot.depot().endpoint().toString());
    assertThat(out).endsWith("done\n");
  }

  private static void need(Path program, String what, String packageName) {
    if (!Files.isExecutable(program)) {
      throw NotRun.because(ClientsTest.class, what + " against the depot", packageName);
    }
  }

  private static String aws(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(AWS.toString(), "--endpoint-url"));
    command.add(depot.depot().endpoint().toString());
    command.addAll(Arrays.asList(arguments));
    return run(command.toArray(String[]::new));
  }

  private static String rclone(String... arguments) throws Exception {
    Path config = temporary.resolve("rclone.conf");
    Files.writeString(
        config,
        """
        [depot]
        type = s3
        provider = Other
        access_key_id = OWNERKEY
        secret_access_key = secret-of-owner
        region = us-east-1
        upload_cutoff = 6M
        chunk_size = 6M
        endpoint = %s
        """
            .formatted(depot.depot().endpoint()));
    List<String> command = new ArrayList<>(List.of(RCLONE.toString(), "--config"));
    command.add(config.toString());
    command.addAll(Arrays.asList(arguments));
    return run(command.toArray(String[]::new));
  }

  private static String s3cmd(String... arguments) throws Exception {
    String host = depot.depot().endpoint().getAuthority();
    List<String> command =
        new ArrayList<>(
            List.of(
                S3CMD.toString(),
                "--no-ssl",
                "--no-progress",
                "--access_key=OWNERKEY",
                "--secret_key=secret-of-owner",
                "--host=" + host,
                "--host-bucket=" + host));
    command.addAll(Arrays.asList(arguments));
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws Exception {
    Path out = Files.createTempFile(temporary, "out", ".txt");
    Process process = start(out, command);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
    String text = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as("%s%n%s", String.join(" ", command), text).isZero();
    return text;
  }

  private static int exitOf(String... command) throws Exception {
    Process process = start(Files.createTempFile(temporary, "out", ".txt"), command);
    return process.waitFor();
  }

  private static Process start(Path out, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("AWS_CA_BUNDLE");
    builder.environment().remove("AWS_PROFILE");
    builder.environment().put("AWS_ACCESS_KEY_ID", "OWNERKEY");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret-of-owner");
    builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
    builder.environment().put("HOME", temporary.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }

  private static void write(String name, int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Files.write(tree.resolve(name), bytes);
  }

  private static void assertSameTree(Path back) throws IOException {
    for (String name : List.of("small.txt", "sub dir/odd name +%&é.bin", "empty", "large")) {
      assertThat(Files.mismatch(tree.resolve(name), back.resolve(name))).as(name).isEqualTo(-1);
    }
  }
}
