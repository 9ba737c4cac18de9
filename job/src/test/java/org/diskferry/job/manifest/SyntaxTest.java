package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.diskferry.job.JobType;
import org.diskferry.job.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What must parse, and what must not.
class SyntaxTest {
  private static final String PLAIN = Sheet.of(Kind.S3_IMPORT).text();

  @Test
  void withoutBlanksAfterColons() {
    String tight = PLAIN.replace(": ", ":");
    assertThat(load(tight).bucket()).isEqualTo("my-bucket");
    assertThat(accepted(tight).common().returnAddress().country()).isEqualTo(new Country("US"));
  }

  @Test
  void withoutBlanksAfterTheColonsOfAnAddressOnly() {
    String mixed = PLAIN.replaceAll("(?m)^(  \\w+): ", "$1:");
    assertThat(accepted(mixed).common().returnAddress().city()).isEqualTo("Anytown");
  }

  @Test
  void withoutABlankInAnItemOfAList() {
    String tight = Sheet.of(Kind.S3_EXPORT).text().replace("exportBucket: ", "exportBucket:");
    Reading.accepted(Reading.of(JobType.EXPORT, tight));
  }

  @Test
  void aColonInAValueIsNotTouchedWhenBlanksAreMissingElsewhere() {
    Sheet sheet =
        Sheet.of(Kind.S3_IMPORT)
            .with("generator", "http://example.com/a:b")
            .with("returnAddress.name", "Amazon.com ATTN:Joe Random")
            .with("staticMetadata", "\n  source: url:http://x");
    S3ImportManifest load = load(sheet.text().replace("deviceId: ", "deviceId:"));
    assertThat(load.staticMetadata()).isEqualTo(Map.of("source", "url:http://x"));
  }

  @Test
  void onlyKnownOptionsMayLackTheBlank() {
    ManifestResult.Refused refused =
        refused(PLAIN + "contentTypes:\n  jpg:image/jpeg\n", "InvalidManifestFieldException");
    assertThat(refused.faults().getFirst().option()).isEqualTo("contentTypes");
    ManifestResult.Refused unknown = refused("foo:bar\n" + PLAIN, "MalformedManifestException");
    assertThat(unknown.message()).contains("line 1").contains("a blank is missing");
  }

  @Test
  void withOneSemicolonBehindTheVersion() {
    assertThat(accepted(PLAIN.replace("2.0", "2.0;")).common().version()).isEqualTo("2.0");
    refused(PLAIN.replace("2.0", "2.0;;"), "InvalidManifestFieldException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r"})
  void withLineEndsOfOtherSystems(String lineEnd) {
    assertThat(load(PLAIN.replace(": ", ":").replace("\n", lineEnd)).bucket())
        .isEqualTo("my-bucket");
  }

  @Test
  void withAByteOrderMark() {
    assertThat(load("\uFEFF" + PLAIN).bucket()).isEqualTo("my-bucket");
  }

  @Test
  void withNoBreakSpacesForBlanks() {
    String pasted = PLAIN.replaceAll("(?m)^  ", "\u00A0\u00A0").replace(": ", ":\u00A0");
    Common common = accepted(pasted.replace("\n", "\u00A0\n")).common();
    assertThat(common.deviceId()).isEqualTo("49382");
    assertThat(common.returnAddress().name()).isEqualTo("Jane Roe");
  }

  @Test
  void aNoBreakSpaceInsideAValueStays() {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("trueCryptPassword", "a\u00A0b");
    assertThat(load(sheet.text()).password()).isEqualTo(Secret.of("a\u00A0b"));
  }

  @Test
  void withTabsAfterColonsAndBlanksAtTheEnd() {
    String tabs = PLAIN.replace(": ", ":\t").replace("\n", " \t \n");
    assertThat(accepted(tabs).common().deviceId()).isEqualTo("49382");
  }

  @Test
  void withAnAddressThatIsNotIndented() {
    Common common = accepted(PLAIN.replace("\n  ", "\n")).common();
    assertThat(common.returnAddress().postalCode()).isEqualTo("91011-1111");
    String tight = PLAIN.replace("\n  ", "\n").replace(": ", ":");
    assertThat(accepted(tight).common().returnAddress().name()).isEqualTo("Jane Roe");
  }

  @Test
  void anAddressWithoutItsHeadingIsMissing() {
    String headless = PLAIN.replace("returnAddress:\n", "").replace("\n  ", "\n");
    ManifestResult.Refused refused = refused(headless, "MissingManifestFieldException");
    assertThat(refused.message()).contains("below returnAddress:");
  }

  @Test
  void expressionsAsPlainItems() {
    String items = "ignore:\n- \\.psd$\n- ^\\$Recycle\\.bin/\n- .*~$\n- ^lost\\+found/\n";
    assertThat(load(PLAIN + items).ignore())
        .extracting(p -> p.pattern())
        .containsExactly("\\.psd$", "^\\$Recycle\\.bin/", ".*~$", "^lost\\+found/");
  }

  @Test
  void aBackslashBeforeADollarBetweenQuotesIsALeftover() {
    String quoted = "substitutions:\n  \",\" : \"\\$COMMA\\$\"\n";
    assertThat(load(PLAIN + quoted).substitutions()).isEqualTo(Map.of(",", "$COMMA$"));
    String both = quoted + "cacheControl: \"a\\\\b \\\" c\"\n";
    assertThat(load(PLAIN + both).cacheControl()).isEqualTo("a\\b \" c");
  }

  @Test
  void wrappedScalarsCommentsAndEmptyValues() {
    String text =
        "# a comment\n\n"
            + PLAIN
                .replace("notificationEmail: ", "notificationEmail:\n   ")
                .replace("49382", "49382   # as on the label")
            + "logPrefix:\ngenerator: a text that\n  goes on\n";
    Common common = accepted(text).common();
    assertThat(common.deviceId()).isEqualTo("49382");
    assertThat(common.logPrefix()).isEmpty();
    assertThat(common.generator()).isEqualTo("a text that goes on");
    assertThat(common.notificationEmail()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"0123", "00000", "1e5", "0x1F", "1:30:00", "~", "null", "Yes", "2026-11-21", "1_000"})
  void everyScalarIsTextAsItIsWritten(String text) {
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("deviceId", text);
    assertThat(accepted(sheet.text()).common().deviceId()).isEqualTo(text);
  }

  @Test
  void aPinCodeKeepsItsZeros() {
    Sheet sheet =
        Sheet.of(Kind.S3_IMPORT).with("pinCode", "0123").with("returnAddress.postalCode", "00000");
    assertThat(load(sheet.text()).pinCode()).isEqualTo(Secret.of("0123"));
    assertThat(accepted(sheet.text()).common().returnAddress().postalCode()).isEqualTo("00000");
  }

  @Test
  void documentMarksAroundOneDocument() {
    assertThat(load("---\n" + PLAIN + "...\n").bucket()).isEqualTo("my-bucket");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generator: a\\ngenerator: b | line 15 | twice",
        "generator: &a b | line 14 | anchor",
        "generator: *a | line 14 | alias",
        "generator: !x b | line 14 | tag",
        "generator: !!str b | line 14 | tag",
        "generator: !x!y b | line 14 | cannot begin with !",
        "---\\ngenerator: b | line 14 | second document",
        "...\\n---\\ngenerator: b | line 15 | second document",
        "ignore:\\n  - - - - - a | line 15 | nested deeper",
        "generator: [[[[[[a]]]]]] | line 14 | nested deeper",
        "generator: {a: {b: {c: {d: e}}}} | line 14 | nested deeper",
        "generator: @home | line 14 | cannot begin with @",
        "generator: %home | line 14 | cannot begin with %",
        "generator: `home | line 14 | cannot begin with `",
        "generator: a: b | line 14 | colon",
        "generator: \"open | line 14 | not ended",
        "generator: [open | line 14 | not ended",
        "generator | line 14 | name: value",
        "\\tgenerator: a | line 14 | tab",
        "? [a]\\n: b | line 14 | name is expected",
        "? {a: b}\\n: c | line 14 | name is expected",
      })
  void whatIsNotWellFormed(String more, String line, String reason) {
    ManifestResult.Refused refused =
        refused(
            PLAIN + more.replace("\\n", "\n").replace("\\t", "\t") + "\n",
            "MalformedManifestException");
    assertThat(refused.message())
        .startsWith("Your manifest is not well-formed: ")
        .contains(reason)
        .contains(line);
  }

  @Test
  void aTextThatIsNoManifest() {
    assertThat(refused("INVALID MANIFEST", "MalformedManifestException").message())
        .isEqualTo(
            "Your manifest is not well-formed: line 1: a manifest has lines like name: value");
    refused("", "MalformedManifestException");
    refused("\n# only a comment\n", "MalformedManifestException");
    refused("- a\n- b\n", "MalformedManifestException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/home/jane/manifest.txt", "C:\\manifests\\import.txt", "file://x.yml", "my.txt"})
  void theNameOfAFileInPlaceOfAManifest(String path) {
    assertThat(refused(path, "MalformedManifestException").message())
        .contains("looks like the name of a file");
  }

  @Test
  void anAliasNeverExpands() {
    StringBuilder laughs = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (char c = 'b'; c < 'k'; c++) {
      String before = "*" + (char) (c - 1);
      laughs.append(c).append(": &").append(c).append(" [");
      laughs.append((before + ",").repeat(9)).append("x]\n");
    }
    refused(laughs + PLAIN, "MalformedManifestException");
  }

  @Test
  void placeholdersOfAllKindsAreToldFromBrokenText() {
    for (String left : new String[] {"[Your bucket]", "***your bucket***", "@BUCKET@", "****"}) {
      Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("bucket", left);
      ManifestResult.Refused refused = refused(sheet.text(), "InvalidManifestFieldException");
      assertThat(refused.message()).contains("placeholder").contains("line 5, bucket");
      refused(sheet.text().replace(": ", ":"), "InvalidManifestFieldException");
    }
  }

  private static Manifest accepted(String text) {
    return Reading.accepted(Reading.of(JobType.IMPORT, text)).manifest();
  }

  private static S3ImportManifest load(String text) {
    return ((Manifest.S3Import) accepted(text)).load();
  }

  private static ManifestResult.Refused refused(String text, String code) {
    ManifestResult.Refused refused = Reading.refused(Reading.of(JobType.IMPORT, text));
    assertThat(refused.code()).as(refused.message()).isEqualTo(code);
    return refused;
  }
}
