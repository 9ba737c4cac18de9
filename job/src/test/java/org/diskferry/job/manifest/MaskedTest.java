package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.diskferry.job.JobType;
import org.diskferry.job.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {
  private static final String PLAIN = Sheet.of(Kind.S3_IMPORT).text();

  @Test
  void onlyTheSecretsChange() {
    String text =
        "\uFEFF# 😀 comment: pinCode: 1\r\n"
            + PLAIN.replace("\n", "  \r\n")
            + "trueCryptPassword:\t\"a b # c\"   # the disk's\r\n"
            + "\r\npinCode:4321\r\n# end";
    String masked =
        "\uFEFF# 😀 comment: pinCode: 1\r\n"
            + PLAIN.replace("\n", "  \r\n")
            + "trueCryptPassword:\t********   # the disk's\r\n"
            + "\r\npinCode:********\r\n# end";
    assertThat(Masked.text(text)).isEqualTo(masked);
  }

  @Test
  void whatHasNoSecretsStaysAsItIs() {
    assertThat(Masked.text(PLAIN)).isEqualTo(PLAIN);
    assertThat(Masked.text(PLAIN + "pinCode:\n")).isEqualTo(PLAIN + "pinCode:\n");
  }

  @Test
  void aSecretOverSeveralLinesIsMaskedWhole() {
    assertThat(Masked.text(PLAIN + "trueCryptPassword: one\n  two\n  three\nacl: private\n"))
        .isEqualTo(PLAIN + "trueCryptPassword: ********\nacl: private\n");
    assertThat(Masked.text(PLAIN + "trueCryptPassword: >\n  one\n  two\nacl: private\n"))
        .isEqualTo(PLAIN + "trueCryptPassword: ********\nacl: private\n");
    assertThat(Masked.text(PLAIN + "trueCryptPassword:\n  one\nacl: private\n"))
        .isEqualTo(PLAIN + "trueCryptPassword:\n  ********\nacl: private\n");
  }

  @Test
  void aCommentThatMayBeTheRestOfASecretIsMaskedToo() {
    assertThat(Masked.text(PLAIN + "trueCryptPassword: a #b c\nacl: private\n"))
        .isEqualTo(PLAIN + "trueCryptPassword: ********\nacl: private\n");
    assertThat(Masked.text(PLAIN + "trueCryptPassword: #b\nacl: private\n"))
        .isEqualTo(PLAIN + "trueCryptPassword: ********\nacl: private\n");
  }

  @Test
  void ofATextThatIsNoManifestNothingIsShown() {
    assertThat(Masked.text("trueCryptPassword: \"open\nx: [")).isEqualTo("********");
  }

  @Test
  void asterisksThatRemainStandForTheStoredSecrets() {
    String older = PLAIN + "trueCryptPassword: \"a, b: # c\" # mine\npinCode:0123\n";
    String changed = Masked.text(older).replace("my-bucket", "new-bucket") + "acl: private\n";
    String restored = Masked.restore(changed, older);
    assertThat(restored).isEqualTo(older.replace("my-bucket", "new-bucket") + "acl: private\n");
    S3ImportManifest load =
        ((Manifest.S3Import) Reading.accepted(Reading.of(JobType.IMPORT, restored)).manifest())
            .load();
    assertThat(load.password()).isEqualTo(Secret.of("a, b: # c"));
    assertThat(load.pinCode()).isEqualTo(Secret.of("0123"));
  }

  @Test
  void aNewSecretReplacesTheStoredOne() {
    String older = PLAIN + "trueCryptPassword: old\npinCode: 0123\n";
    String changed = PLAIN + "pinCode: 9999\ntrueCryptPassword: '********'\n";
    assertThat(Masked.restore(changed, older))
        .isEqualTo(PLAIN + "pinCode: 9999\ntrueCryptPassword: old\n");
  }

  @Test
  void asterisksForWhatIsNotStoredAreRefused() {
    String changed = PLAIN + "trueCryptPassword: ********\n";
    String restored = Masked.restore(changed, PLAIN);
    assertThat(restored).isEqualTo(changed);
    ManifestResult.Refused refused = Reading.refused(Reading.of(JobType.IMPORT, restored));
    assertThat(refused.code()).isEqualTo("InvalidManifestFieldException");
    assertThat(refused.message()).contains("asterisks stand for a value that is stored");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "\"quoted \\\" \\\\ x\"",
        "'single'",
        "a #b",
        "\"😀\"",
        "x y",
        "one\n  two",
        "\"one\n  two\"",
        "[bracket",
        "a:b",
        "\u00A0x"
      })
  void maskingAndRestoringGivesTheTextBack(String raw) {
    String text = "# 😀\n" + PLAIN + "trueCryptPassword: " + raw + "\nacl: private\n";
    if (Reading.of(JobType.IMPORT, text) instanceof ManifestResult.Accepted) {
      assertThat(Masked.text(text)).contains("********");
      assertThat(Masked.restore(Masked.text(text), text)).isEqualTo(text);
    } else {
      assertThat(raw).isEqualTo("[bracket");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a #b", "#b", "one\n  two", "\"a\\tb\"", "a # b"})
  void theAuthorIsWarnedWhereYamlAltersASecret(String raw) {
    ManifestResult.Accepted accepted =
        Reading.accepted(
            Reading.of(
                JobType.IMPORT,
                PLAIN
                    + "trueCryptPassword: "
                    + (raw.contains("\\t") ? "\"a\\x41b\"" : raw)
                    + "\n"));
    boolean comment = raw.equals("a # b");
    assertThat(accepted.warnings().stream().anyMatch(w -> w.option().equals("trueCryptPassword")))
        .isEqualTo(!comment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"a b\"", "\"a #b\"", "0123", "\"\"", "x#y"})
  void thereIsNoWarningWhereYamlDoesNot(String raw) {
    ManifestResult.Accepted accepted =
        Reading.accepted(Reading.of(JobType.IMPORT, PLAIN + "trueCryptPassword: " + raw + "\n"));
    assertThat(accepted.warnings()).extracting(Warning::option).containsExactly("eraseDevice");
  }
}
