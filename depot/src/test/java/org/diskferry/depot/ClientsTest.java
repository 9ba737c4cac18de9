package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.diskferry.depot.ClientPrograms.Style;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that others wrote, each as a process of its own, with buckets in the path and in the
/// host.
class ClientsTest {
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

  @ParameterizedTest
  @EnumSource(Style.class)
  void theAwsCommandLineSyncsBothWays(Style style) throws Exception {
    need(ClientPrograms.AWS, "awscli");
    ClientPrograms programs = programs(style);
    programs.aws("s3", "mb", "s3://by-aws");
    programs.aws("s3", "sync", tree.toString(), "s3://by-aws/t", "--acl", "public-read");
    Path back = temporary.resolve(style + "-by-aws");
    programs.aws("s3", "sync", "s3://by-aws/t", back.toString());
    assertSameTree(back);
    assertThat(programs.aws("s3", "ls", "s3://by-aws/t/"))
        .contains("PRE sub dir/")
        .contains("small.txt");
    programs.aws("s3", "cp", "s3://by-aws/t/large", "s3://by-aws/copy");
    assertThat(programs.aws("s3api", "head-object", "--bucket", "by-aws", "--key", "copy"))
        .contains("20000000");
    assertThat(programs.aws("s3api", "get-object-acl", "--bucket", "by-aws", "--key", "t/large"))
        .contains("AllUsers");
    programs.aws("s3", "mv", "s3://by-aws/copy", "s3://by-aws/moved");
    assertThat(programs.aws("s3", "ls", "s3://by-aws", "--recursive", "--summarize"))
        .contains("Total Objects: 5");
    theAwsCommandLineCallsSingleOperations(programs);
    programs.aws("s3", "rm", "s3://by-aws", "--recursive");
    programs.aws("s3", "rb", "s3://by-aws");
  }

  private static void theAwsCommandLineCallsSingleOperations(ClientPrograms programs)
      throws Exception {
    Path part = temporary.resolve("part");
    programs.aws(
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
            programs.aws(
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
            programs.aws(
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
            programs.aws(
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
    programs.aws(
        "s3api",
        "put-bucket-lifecycle-configuration",
        "--bucket",
        "by-aws",
        "--lifecycle-configuration",
        rules);
    assertThat(programs.aws("s3api", "get-bucket-lifecycle-configuration", "--bucket", "by-aws"))
        .contains("\"DaysAfterInitiation\": 7");
    String address = programs.aws("s3", "presign", "s3://by-aws/sum").strip();
    assertThat(programs.fetch(URI.create(address))).isEqualTo(Files.readAllBytes(part));
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void rcloneCopiesAndChecks(Style style) throws Exception {
    need(ClientPrograms.RCLONE, "rclone");
    ClientPrograms programs = programs(style);
    programs.rclone("mkdir", "depot:by-rclone");
    programs.rclone("copy", tree.toString(), "depot:by-rclone/t");
    programs.rclone("check", "--download", tree.toString(), "depot:by-rclone/t");
    Path back = temporary.resolve(style + "-by-rclone");
    programs.rclone("copy", "depot:by-rclone/t", back.toString());
    assertSameTree(back);
    programs.rclone(
        "moveto", "--s3-copy-cutoff", "8M", "depot:by-rclone/t/large", "depot:by-rclone/moved");
    assertThat(programs.rclone("size", "depot:by-rclone")).contains("(20070005 Byte)");
    assertThat(programs.rclone("lsf", "-R", "depot:by-rclone/t")).contains("sub dir/", "small.txt");
    programs.rclone("sync", "--checksum", tree.resolve("sub dir").toString(), "depot:by-rclone/t");
    assertThat(programs.rclone("lsf", "depot:by-rclone/t"))
        .contains("odd name")
        .doesNotContain("small");
    owner.send("POST", "/by-rclone/unfinished", "uploads=", new byte[0]);
    assertThat(programs.rclone("backend", "list-multipart-uploads", "depot:by-rclone"))
        .contains("unfinished");
    programs.rclone("backend", "cleanup", "-o", "max-age=0s", "depot:by-rclone");
    assertThat(programs.rclone("backend", "list-multipart-uploads", "depot:by-rclone"))
        .doesNotContain("unfinished");
    assertThat(programs.rclone("link", "depot:by-rclone/moved")).contains("X-Amz-Signature");
    programs.rclone("purge", "depot:by-rclone");
  }

  /// It leaves the bucket out of what it signs where that is in the host; so no store takes it.
  @Test
  void rcloneSignsAsItWasBeforeVersion4() throws Exception {
    need(ClientPrograms.RCLONE, "rclone");
    ClientPrograms programs = programs(Style.PATH);
    programs.rclone("--s3-v2-auth", "mkdir", "depot:by-old-rclone");
    programs.rclone("--s3-v2-auth", "copy", tree.toString(), "depot:by-old-rclone/t");
    programs.rclone(
        "--s3-v2-auth", "check", "--download", tree.toString(), "depot:by-old-rclone/t");
    programs.rclone("--s3-v2-auth", "purge", "depot:by-old-rclone");
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void s3cmdPutsGetsAndDeletes(Style style) throws Exception {
    need(ClientPrograms.S3CMD, "s3cmd");
    ClientPrograms programs = programs(style);
    programs.s3cmd("mb", "s3://by-s3cmd");
    programs.s3cmd("sync", tree + "/", "s3://by-s3cmd/t/");
    Path back = Files.createDirectories(temporary.resolve(style + "-by-s3cmd"));
    programs.s3cmd("sync", "s3://by-s3cmd/t/", back + "/");
    assertSameTree(back);
    programs.s3cmd("setacl", "--acl-public", "s3://by-s3cmd/t/small.txt");
    assertThat(programs.s3cmd("info", "s3://by-s3cmd/t/small.txt")).contains("*anon*: READ");
    assertThat(programs.s3cmd("info", "s3://by-s3cmd")).contains("Location:");
    programs.s3cmd(
        "put", "--multipart-chunk-size-mb=5", tree.resolve("large").toString(), "s3://by-s3cmd/l");
    programs.s3cmd("cp", "s3://by-s3cmd/l", "s3://by-s3cmd/c");
    programs.s3cmd("mv", "s3://by-s3cmd/c", "s3://by-s3cmd/m");
    programs.s3cmd("modify", "--add-header=Cache-Control: no-cache", "s3://by-s3cmd/m");
    assertThat(owner.head("by-s3cmd", "m").header("cache-control")).isEqualTo("no-cache");
    assertThat(programs.s3cmd("du", "s3://by-s3cmd/m")).contains("20000000");
    owner.send("POST", "/by-s3cmd/unfinished", "uploads=", new byte[0]);
    assertThat(programs.s3cmd("multipart", "s3://by-s3cmd")).contains("unfinished");
    Path rules = temporary.resolve("rules.xml");
    Files.writeString(
        rules,
        "<LifecycleConfiguration><Rule><ID>r</ID><Prefix/><Status>Enabled</Status>"
            + "<AbortIncompleteMultipartUpload><DaysAfterInitiation>3</DaysAfterInitiation>"
            + "</AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>");
    programs.s3cmd("setlifecycle", rules.toString(), "s3://by-s3cmd");
    assertThat(programs.s3cmd("getlifecycle", "s3://by-s3cmd")).contains("DaysAfterInitiation");
    programs.s3cmd("dellifecycle", "s3://by-s3cmd");
    programs.s3cmd("rb", "--recursive", "s3://by-s3cmd");
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void s3cmdSignsAsItWasBeforeVersion4(Style style) throws Exception {
    need(ClientPrograms.S3CMD, "s3cmd");
    ClientPrograms programs = programs(style);
    programs.s3cmd("--signature-v2", "mb", "s3://by-old-s3cmd");
    programs.s3cmd("--signature-v2", "sync", tree + "/", "s3://by-old-s3cmd/t/");
    Path back = Files.createDirectories(temporary.resolve(style + "-by-old-s3cmd"));
    programs.s3cmd("--signature-v2", "sync", "s3://by-old-s3cmd/t/", back + "/");
    assertSameTree(back);
    programs.s3cmd("--signature-v2", "rb", "--recursive", "s3://by-old-s3cmd");
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void boto3DoesAllOperations(Style style) throws Exception {
    ClientPrograms.needBoto(ClientsTest.class);
    assertThat(programs(style).botoOperations()).endsWith("done\n");
  }

  private static void need(Path program, String packageName) {
    ClientPrograms.need(ClientsTest.class, program, packageName);
  }

  private static ClientPrograms programs(Style style) throws IOException {
    return ClientPrograms.of(temporary.resolve("programs"), depot.depot().endpoint(), style);
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
