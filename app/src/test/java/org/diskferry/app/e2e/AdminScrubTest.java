package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The operator's scrub, against the running service.
class AdminScrubTest {
  @TempDir private static Path folder;

  @Test
  void aScrubNamesTheObjectsThatAreHurt() throws Exception {
    Path home = folder.resolve("home");
    try (Up up = Up.start(home)) {
      store(up);
      Up.Said sound = up.said("admin", "scrub", "--home", home.toString(), "--json");
      assertThat(sound.code()).as(sound.text()).isZero();
      JsonNode result = JsonMapper.shared().readTree(sound.text());
      assertThat(result.path("state").asString()).isEqualTo("DONE");
      assertThat(result.path("doneBlobs").asLong()).isEqualTo(2);
      assertThat(result.path("doneBytes").asLong()).isEqualTo(3_000_005);
      assertThat(result.path("damaged").asLong(-1)).isZero();

      damage(home.resolve("depot"));
      Up.Said hurt = up.said("admin", "scrub", "--home", home.toString(), "--json");
      assertThat(hurt.code()).as(hurt.text()).isEqualTo(1);
      JsonNode damaged = JsonMapper.shared().readTree(hurt.text());
      assertThat(damaged.path("damaged").asLong()).isEqualTo(1);
      assertThat(damaged.path("damage").path(0).path("objects").path(0).asString())
          .isEqualTo("scrubbed/large file");

      Up.Said shown = up.said("admin", "scrub", "--home", home.toString());
      assertThat(shown.text())
          .contains("damaged  scrubbed/large file")
          .contains("2 blobs, 2.86 MiB read, 1 damaged");
      assertThat(up.said("admin", "scrub", "--stop", "--home", home.toString()).text())
          .contains("1 damaged");
    }
    Up.Said gone = Up.alone("admin", "scrub", "--home", home.toString());
    assertThat(gone.code()).isNotZero();
    assertThat(gone.text()).contains("the service is not running here");
  }

  private static void store(Up up) throws Exception {
    Path small = Files.writeString(folder.resolve("small"), "small");
    Path large = Files.write(folder.resolve("large"), new byte[3_000_000]);
    up.s3("s3", "mb", "s3://scrubbed");
    up.s3("s3", "cp", small.toString(), "s3://scrubbed/small");
    up.s3("s3", "cp", large.toString(), "s3://scrubbed/large file");
  }

  private static void damage(Path depot) throws IOException {
    try (Stream<Path> files = Files.walk(depot.resolve("loose"))) {
      List<Path> found = files.filter(Files::isRegularFile).toList();
      assertThat(found).hasSize(1);
      try (RandomAccessFile bytes = new RandomAccessFile(found.getFirst().toFile(), "rw")) {
        bytes.seek(2_000_000);
        bytes.write(1);
      }
    }
  }
}
