package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.diskferry.job.JobType;
import org.diskferry.job.NotRun;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Manifests that people and other projects wrote, read from the kit beside the repository.
class RealManifestsTest {
  private static final Path KIT = Path.of("..", "..", "shared", "kit", "manifests");

  /// File, type, code (`-` is accepted), faults, warnings.
  private static final List<Row> VERDICTS =
      List.of(
          new Row("aws-cli-issue-1298.txt", JobType.IMPORT, "-", 0, 1),
          new Row("aws-sdk-net-export.txt", JobType.EXPORT, "InvalidManifestField", 3, 0),
          new Row("aws-sdk-net-import.txt", JobType.IMPORT, "InvalidManifestField", 2, 0),
          new Row("awscli-doc-example.txt", JobType.IMPORT, "-", 0, 1),
          new Row("awscli-doc-getstatus-currentmanifest.txt", JobType.IMPORT, "-", 0, 1),
          new Row("mhorbul-aws-ie-import.yml", JobType.IMPORT, "MissingManifestField", 2, 0),
          new Row(
              "official-template-glacier-import.txt",
              JobType.IMPORT,
              "InvalidManifestField",
              17,
              0),
          new Row("official-template-s3-export.txt", JobType.EXPORT, "InvalidManifestField", 16, 0),
          new Row(
              "official-template-s3-import.txt", JobType.IMPORT, "InvalidManifestField", 14, 0));

  private record Row(String file, JobType type, String code, int faults, int warnings) {}

  @TestFactory
  Stream<DynamicTest> everyRealManifestHasItsVerdict() {
    return VERDICTS.stream().map(row -> dynamicTest(row.file(), () -> check(row)));
  }

  @Test
  void everyManifestOfTheKitHasARow() throws IOException {
    needKit();
    try (Stream<Path> files = Files.list(KIT)) {
      Set<String> there = new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
      assertThat(VERDICTS.stream().map(Row::file)).containsExactlyInAnyOrderElementsOf(there);
    }
  }

  @Test
  void withTheirPlaceholdersFilledTheOldTestSuitesManifestsAreAccepted() {
    needKit();
    Map<String, JobType> suites =
        Map.of("aws-sdk-net-export.txt", JobType.EXPORT, "aws-sdk-net-import.txt", JobType.IMPORT);
    suites.forEach((file, type) -> {
      String filled =
          read(file).replace("@BUCKET@", "my-bucket").replace("@ACCESS_KEY_ID@", "AKIDEXAMPLE");
      ManifestResult.Accepted accepted = Reading.accepted(Reading.of(type, filled));
      assertThat(accepted.warnings())
          .extracting(Warning::option)
          .contains("manifestVersion", "accessKeyId");
    });
  }

  @Test
  void withTheirBracketsFilledTheOfficialTemplatesAreAccepted() {
    needKit();
    for (Row row : VERDICTS) {
      if (row.file().startsWith("official-template")) {
        String filled =
            read(row.file())
                .replaceAll("(?m)^( *(?:country):)\\[.*]", "$1USA")
                .replaceAll("(?m)^( *stateOrProvince:)\\[.*]", "$1WA")
                .replaceAll("(?m)^( *phoneNumber:)\\[.*]", "$1+1 206-555-1111")
                .replaceAll("(?m)^( *fileSystem:)\\[.*]", "$1EXT4")
                .replaceAll("(?m)^( *region:)\\[.*]", "$1us-east-1")
                .replaceAll("(?m)^( *notificationEmail:)\\[.*]", "$1a@example.com;b@example.com")
                .replaceAll("(?m)^( *(?:- )?[A-Za-z0-9]+:)\\[.*]", "$1my-value");
        Reading.accepted(Reading.of(row.type(), filled));
      }
    }
  }

  private static void check(Row row) {
    needKit();
    ManifestResult result = Reading.of(row.type(), read(row.file()));
    if (row.code().equals("-")) {
      assertThat(Reading.accepted(result).warnings()).hasSize(row.warnings());
      return;
    }
    ManifestResult.Refused refused = Reading.refused(result);
    assertThat(refused.code()).as(refused.message()).isEqualTo(row.code() + "Exception");
    assertThat(refused.faults()).as(refused.message()).hasSize(row.faults());
  }

  private static String read(String file) {
    try {
      return Files.readString(KIT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void needKit() {
    if (!Files.isDirectory(KIT)) {
      NotRun.abort(RealManifestsTest.class, "real manifests of other projects", "the kit");
    }
  }
}
