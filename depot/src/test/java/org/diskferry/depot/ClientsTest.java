package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  private static S3Client owner;
  private static Path tree;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, temporary.resolve("depot"));
    owner = depot.client(TestDepot.OWNER);
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
    assertThat(aws("s3", "ls", "s3://by-aws", "--recursive", "--summarize"))
        .contains("Total Objects: 5");
    theAwsCommandLineCallsSingleOperations();
    aws("s3", "rm", "s3://by-aws", "--recursive");
    aws("s3", "rb", "s3://by-aws");
  }

  private static void theAwsCommandLineCallsSingleOperations() throws Exception {
    Path part = temporary.resolve("part");
    aws(
        "s3api",
        "get-object",
        "--bucket",
        "by-aws",
        "--key",
        "moved",
        "--range",
        "bytes=-7",
        part.toString());
    assertThat(part).hasSize(7);
    assertThat(
            aws(
                "s3api",
                "list-objects-v2",
                "--bucket",
                "by-aws",
                "--delimiter",
                "b",
                "--prefix",
                "t/s",
                "--query",
                "CommonPrefixes[].Prefix",
                "--output",
                "text"))
        .isEqualToIgnoringNewLines("t/sub");
    assertThat(
            aws(
                "s3api",
                "put-object",
                "--bucket",
                "by-aws",
                "--key",
                "sum",
                "--body",
                part.toString(),
                "--checksum-algorithm",
                "SHA256"))
        .contains("ChecksumSHA256");
    assertThat(
            aws(
                "s3api",
                "get-object-attributes",
                "--bucket",
                "by-aws",
                "--key",
                "sum",
                "--object-attributes",
                "Checksum",
                "ObjectSize"))
        .contains("ChecksumSHA256")
        .contains("\"ObjectSize\": 7");
    String rules =
        "{\"Rules\":[{\"ID\":\"r\",\"Status\":\"Enabled\",\"Filter\":{\"Prefix\":\"\"},"
            + "\"AbortIncompleteMultipartUpload\":{\"DaysAfterInitiation\":7}}]}";
    aws(
        "s3api",
        "put-bucket-lifecycle-configuration",
        "--bucket",
        "by-aws",
        "--lifecycle-configuration",
        rules);
    assertThat(aws("s3api", "get-bucket-lifecycle-configuration", "--bucket", "by-aws"))
        .contains("\"DaysAfterInitiation\": 7");
    String address = aws("s3", "presign", "s3://by-aws/sum").strip();
    assertThat(
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(address)).build(),
                    HttpResponse.BodyHandlers.ofByteArray())
                .body())
        .isEqualTo(Files.readAllBytes(part));
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
    rclone("moveto", "--s3-copy-cutoff", "8M", "depot:by-rclone/t/large", "depot:by-rclone/moved");
    assertThat(rclone("size", "depot:by-rclone")).contains("(20070005 Byte)");
    assertThat(rclone("lsf", "-R", "depot:by-rclone/t")).contains("sub dir/", "small.txt");
    rclone("sync", "--checksum", tree.resolve("sub dir").toString(), "depot:by-rclone/t");
    assertThat(rclone("lsf", "depot:by-rclone/t")).contains("odd name").doesNotContain("small");
    owner.send("POST", "/by-rclone/unfinished", "uploads=", new byte[0]);
    assertThat(rclone("backend", "list-multipart-uploads", "depot:by-rclone"))
        .contains("unfinished");
    rclone("backend", "cleanup", "-o", "max-age=0s", "depot:by-rclone");
    assertThat(rclone("backend", "list-multipart-uploads", "depot:by-rclone"))
        .doesNotContain("unfinished");
    assertThat(rclone("link", "depot:by-rclone/moved")).contains("X-Amz-Signature");
    rclone("purge", "depot:by-rclone");
  }

  @Test
  void rcloneSignsAsItWasBeforeVersion4() throws Exception {
    need(RCLONE, "rclone", "rclone");
    rclone("--s3-v2-auth", "mkdir", "depot:by-old-rclone");
    rclone("--s3-v2-auth", "copy", tree.toString(), "depot:by-old-rclone/t");
    rclone("--s3-v2-auth", "check", "--download", tree.toString(), "depot:by-old-rclone/t");
    rclone("--s3-v2-auth", "purge", "depot:by-old-rclone");
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
    assertThat(s3cmd("info", "s3://by-s3cmd")).contains("Location:");
    s3cmd(
        "put", "--multipart-chunk-size-mb=5", tree.resolve("large").toString(), "s3://by-s3cmd/l");
    s3cmd("cp", "s3://by-s3cmd/l", "s3://by-s3cmd/c");
    s3cmd("mv", "s3://by-s3cmd/c", "s3://by-s3cmd/m");
    s3cmd("modify", "--add-header=Cache-Control: no-cache", "s3://by-s3cmd/m");
    assertThat(owner.head("by-s3cmd", "m").header("cache-control")).isEqualTo("no-cache");
    assertThat(s3cmd("du", "s3://by-s3cmd/m")).contains("20000000");
    owner.send("POST", "/by-s3cmd/unfinished", "uploads=", new byte[0]);
    assertThat(s3cmd("multipart", "s3://by-s3cmd")).contains("unfinished");
    Path rules = temporary.resolve("rules.xml");
    Files.writeString(
        rules,
        "<LifecycleConfiguration><Rule><ID>r</ID><Prefix/><Status>Enabled</Status>"
            + "<AbortIncompleteMultipartUpload><DaysAfterInitiation>3</DaysAfterInitiation>"
            + "</AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>");
    s3cmd("setlifecycle", rules.toString(), "s3://by-s3cmd");
    assertThat(s3cmd("getlifecycle", "s3://by-s3cmd")).contains("DaysAfterInitiation");
    s3cmd("dellifecycle", "s3://by-s3cmd");
    s3cmd("rb", "--recursive", "s3://by-s3cmd");
  }

  @Test
  void s3cmdSignsAsItWasBeforeVersion4() throws Exception {
    need(S3CMD, "s3cmd", "s3cmd");
    s3cmd("--signature-v2", "mb", "s3://by-old-s3cmd");
    s3cmd("--signature-v2", "sync", tree + "/", "s3://by-old-s3cmd/t/");
    Path back = Files.createDirectories(temporary.resolve("by-old-s3cmd"));
    s3cmd("--signature-v2", "sync", "s3://by-old-s3cmd/t/", back + "/");
    assertSameTree(back);
    s3cmd("--signature-v2", "rb", "--recursive", "s3://by-old-s3cmd");
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
    builder.directory(temporary.toFile());
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
