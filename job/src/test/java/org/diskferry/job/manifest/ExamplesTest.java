package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.diskferry.job.JobType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The manifests in the folder `examples`: accepted once their brackets are filled, refused before.
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  /// What goes into the brackets of an option; anything else takes `value`.
  private static final Map<String, String> FILLING =
      Map.ofEntries(
          Map.entry("notificationEmail", "archive@example.com;dock@example.com"),
          Map.entry("fileSystem", "EXT4"),
          Map.entry("containerFormat", "veracrypt"),
          Map.entry("bucket", "archive"),
          Map.entry("logBucket", "archive"),
          Map.entry("exportBucket", "archive"),
          Map.entry("stateOrProvince", "WA"),
          Map.entry("postalCode", "98101"),
          Map.entry("phoneNumber", "206-555-0100"),
          Map.entry("country", "USA"),
          Map.entry("pinCode", "4321"));

  @ParameterizedTest
  @CsvSource({
    "s3-import-manifest.txt, IMPORT",
    "s3-export-manifest.txt, EXPORT",
    "ebs-import-manifest.txt, IMPORT",
    "glacier-import-manifest.txt, IMPORT"
  })
  void anExampleIsAcceptedOnceItIsFilledIn(String name, JobType type) throws IOException {
    String text = Files.readString(EXAMPLES.resolve(name));

    assertThat(read(type, text)).isInstanceOf(ManifestResult.Refused.class);
    assertThat(read(type, filled(text))).isInstanceOf(ManifestResult.Accepted.class);
  }

  private static ManifestResult read(JobType type, String text) {
    return new ManifestReader(Regions.ofGuide())
        .read(Submission.unsigned(type, text), bucket -> Optional.of("us-east-1"));
  }

  private static String filled(String text) {
    StringBuilder filled = new StringBuilder();
    for (String line : text.lines().toList()) {
      int bracket = line.startsWith("#") ? -1 : line.indexOf('[');
      if (bracket < 0) {
        filled.append(line);
      } else {
        String option = line.substring(0, line.indexOf(':')).replace("-", "").strip();
        filled.append(line, 0, bracket).append(FILLING.getOrDefault(option, "value"));
      }
      filled.append('\n');
    }
    return filled.toString();
  }
}
