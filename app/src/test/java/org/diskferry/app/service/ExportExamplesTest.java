package org.diskferry.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.file.Path;
import java.util.List;
import org.diskferry.job.JobId;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guide's appendix B, "Export Examples", with what its options reference asks for beside: a
/// file system that there is, a password, an address.
class ExportExamplesTest {
  private static final String PASSWORD = "trueCryptPassword: a-secret-of-jane\n";
  private static final int SIZE = 32;

  @TempDir private static Path folder;
  private static ServiceScene scene;
  private static int disks;

  @TempDir private Path work;
  private Path tree;
  private Path image;

  @BeforeAll
  static void start() throws Exception {
    Tool.require(ExportExamplesTest.class, "mke2fs", "mkntfs");
    scene = ServiceScene.start(folder);
    scene.bucket("myawsbucket");
    scene.bucket("lostbucket");
    for (String key :
        List.of(
            "README.txt",
            "NOTICE.txt",
            "images/wookie1.jpg",
            "images/chewie.gif",
            "images/chewie.tif",
            "images/resources/chewie.psd",
            "/backup/images/chewie.gif")) {
      scene.put("myawsbucket", key, key.getBytes(UTF_8));
    }
    for (String key :
        List.of(
            "bin/lost.rhtml",
            "html/directory.html",
            "images/hurley.jpg",
            "images/john.jpg",
            "images/kate.jpg",
            "images/sawyer.jpg",
            "index.html")) {
      scene.put("lostbucket", key, key.getBytes(UTF_8));
    }
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
    image = folder.resolve("disk-" + ++disks + ".img");
  }

  private List<String> journey(String lines, String logPrefix) throws Exception {
    JobId job = scene.createExport(tree, lines + PASSWORD);
    ServiceScene.ext4(image, SIZE, tree);
    scene.attach(image);
    scene.await(image, "done");
    assertThat(scene.status(job).path("ProgressCode").asString()).isEqualTo("Complete");
    String log = scene.object("myawsbucket", logPrefix + "export-log-" + job);
    return CsvReader.builder().ofNamedCsvRecord(log).stream()
        .map(row ->
            String.join(
                " ",
                row.getField("File"),
                row.getField("Status"),
                row.getField("Code"),
                row.getField("Key")))
        .toList();
  }

  @Test
  void theFirstExampleExportsABucketUnderItsName() throws Exception {
    List<String> log =
        journey(
            """
            logBucket: myawsbucket
            fileSystem: NTFS
            operations:
              - exportBucket: myawsbucket
            """,
            "");
    assertThat(log)
        .containsExactly(
            "EXPORT-RECOVERY/0000/0000 301 InvalidFilename"
                + " myawsbucket//backup/images/chewie.gif",
            "myawsbucket/NOTICE.txt 200 OK myawsbucket/NOTICE.txt",
            "myawsbucket/README.txt 200 OK myawsbucket/README.txt",
            "myawsbucket/images/chewie.gif 200 OK myawsbucket/images/chewie.gif",
            "myawsbucket/images/chewie.tif 200 OK myawsbucket/images/chewie.tif",
            "myawsbucket/images/resources/chewie.psd 200 OK"
                + " myawsbucket/images/resources/chewie.psd",
            "myawsbucket/images/wookie1.jpg 200 OK myawsbucket/images/wookie1.jpg");
  }

  @Test
  void theSecondExampleExportsPartsOfTwoBuckets() throws Exception {
    List<String> log =
        journey(
            """
            logBucket: myawsbucket
            logPrefix: logs/
            fileSystem: NTFS
            operations:
              - exportBucket: myawsbucket
                prefix: images
                targetDirectory: starwars/image-backup
              - exportBucket: lostbucket
                beginMarker: html/
                endMarker: images/kate.jpg
            """,
            "logs/");
    assertThat(log)
        .containsExactly(
            "starwars/image-backup/images/chewie.gif 200 OK myawsbucket/images/chewie.gif",
            "starwars/image-backup/images/chewie.tif 200 OK myawsbucket/images/chewie.tif",
            "starwars/image-backup/images/resources/chewie.psd 200 OK"
                + " myawsbucket/images/resources/chewie.psd",
            "starwars/image-backup/images/wookie1.jpg 200 OK myawsbucket/images/wookie1.jpg",
            "lostbucket/html/directory.html 200 OK lostbucket/html/directory.html",
            "lostbucket/images/hurley.jpg 200 OK lostbucket/images/hurley.jpg",
            "lostbucket/images/john.jpg 200 OK lostbucket/images/john.jpg",
            "lostbucket/images/kate.jpg 200 OK lostbucket/images/kate.jpg");
  }
}
