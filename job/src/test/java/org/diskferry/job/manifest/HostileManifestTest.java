package org.diskferry.job.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.diskferry.job.JobType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that were made to do harm.
class HostileManifestTest {
  private static final int LIMIT = 256 * 1024;
  private static final String PLAIN = Sheet.of(Kind.S3_IMPORT).text();

  @Test
  void theLargestManifestIsReadAndOneByteMoreIsNot() {
    String comment = "#" + "ä".repeat((LIMIT - PLAIN.length() - 2) / 2);
    String largest = PLAIN + comment;
    largest += "x".repeat(LIMIT - largest.getBytes(StandardCharsets.UTF_8).length);
    Reading.accepted(Reading.of(JobType.IMPORT, largest));
    ManifestResult.Refused refused = Reading.refused(Reading.of(JobType.IMPORT, largest + "x"));
    assertThat(refused.code()).isEqualTo("MalformedManifestException");
    assertThat(refused.message()).contains("262144");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{",
        "- ",
        "? ",
        "a: ",
        "[a,",
        "{a: ",
        "\"",
        "'",
        "&a ",
        "*a ",
        "!a ",
        "|\n",
        "a:\n ",
        "- [",
        ": ",
        "#",
        "\t",
        "%",
        "@",
        "---\n",
        "a: b\n",
        "[]",
        "{}",
        "\\",
        "\"\\$",
        "\n",
        "name:",
        "- name:x\n",
        "\u00A0",
        "\r",
        "*",
        "\u2028"
      })
  @Timeout(20)
  void aQuarterOfAMebibyteOfOneThingIsRefusedInTime(String thing) {
    String text = thing.repeat(LIMIT / thing.getBytes(StandardCharsets.UTF_8).length);
    Reading.refused(Reading.of(JobType.IMPORT, text));
    ManifestResult.Refused inside =
        Reading.refused(
            Reading.of(JobType.IMPORT, "manifestVersion: 2.0\nignore: " + text.substring(40)));
    assertThat(inside.message()).hasSizeLessThan(20_000);
  }

  @Test
  @Timeout(20)
  void thousandsOfUnknownOptionsGiveOneAnswerThatCanBeRead() {
    StringBuilder text = new StringBuilder("manifestVersion: 2.0\n");
    for (int i = 0; text.length() < LIMIT - 40; i++) {
      text.append("deviceIdd").append(i).append(": x\n");
    }
    ManifestResult.Refused refused = Reading.refused(Reading.of(JobType.IMPORT, text.toString()));
    assertThat(refused.code()).isEqualTo("MissingManifestFieldException");
    assertThat(refused.faults()).hasSize(100);
    assertThat(refused.message()).hasSizeLessThan(10_000).contains("and 50 more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u0001", "\u0007", "\u000B", "\u001B", "\u007F", "\u009F"})
  void controlCharactersAreRefusedWithTheirPlace(String control) {
    ManifestResult.Refused refused =
        Reading.refused(Reading.of(JobType.IMPORT, PLAIN + "generator: a" + control + "b\n"));
    assertThat(refused.code()).isEqualTo("MalformedManifestException");
    assertThat(refused.message()).contains("line 14").contains("control character");
  }

  @Test
  void halfACharacterIsRefused() {
    for (String half : List.of("\uD83D", "\uDE00", "\uDE00\uD83D")) {
      ManifestResult.Refused refused =
          Reading.refused(Reading.of(JobType.IMPORT, PLAIN + "generator: " + half + "\n"));
      assertThat(refused.code()).isEqualTo("MalformedManifestException");
    }
    ManifestResult.Refused escaped =
        Reading.refused(Reading.of(JobType.IMPORT, PLAIN + "prefix: \"\\uD83D\"\n"));
    assertThat(escaped.message()).contains("line 14: there is half a character");
  }

  @Test
  void valuesInMessagesAreShortAndOnOneLine() {
    String value = "\"x\\r\\n" + "y".repeat(5000) + "\"";
    Sheet sheet = Sheet.of(Kind.S3_IMPORT).with("acl", value);
    ManifestResult.Refused refused = Reading.refused(sheet.read());
    assertThat(refused.message()).doesNotContain("\r").doesNotContain("\n").hasSizeLessThan(400);
  }

  @Test
  void noMessageShowsASecret() {
    String secret = "tops3cr3t";
    for (String value :
        List.of(
            secret + "*",
            secret + "'s",
            "\"" + secret + "\\n\"",
            "[" + secret + "]",
            "!" + secret + "!x y",
            "@" + secret,
            "%" + secret,
            "{" + secret + ": x}",
            secret + ": x",
            "\"" + secret,
            "&" + secret + " x",
            "*" + secret,
            "***" + secret + "***",
            "@" + secret + "@",
            "\n  - " + secret,
            secret.repeat(20),
            "\"" + secret + "\\q\"")) {
      for (String option : List.of("trueCryptPassword", "pinCode")) {
        Sheet sheet = Sheet.of(Kind.S3_IMPORT).with(option, value);
        ManifestResult.Refused refused = Reading.refused(sheet.read());
        assertThat(refused.toString() + refused.message()).as(value).doesNotContain(secret);
      }
    }
  }

  @Test
  void noManifestShowsItsSecret() {
    Sheet sheet =
        Sheet.of(Kind.S3_IMPORT).with("trueCryptPassword", "tops3cr3t").with("pinCode", "987654");
    assertThat(Reading.accepted(sheet.read()).toString())
        .doesNotContain("tops3cr3t")
        .doesNotContain("987654");
  }

  @Test
  @Timeout(60)
  void mutilatedManifestsAreReadOrRefusedAndNothingElse() {
    long seed = 20260101;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    String[] scraps = {
      ":",
      ": ",
      "\n",
      "  ",
      "- ",
      "\"",
      "'",
      "[",
      "]",
      "{",
      "}",
      "#",
      "*",
      "&",
      "!",
      "|",
      ">",
      "%",
      "@",
      "\\",
      "\t",
      "\r",
      "\u00A0",
      "\uFEFF",
      "name:",
      "customs:",
      "\uD83D\uDE00",
      "\u0085",
      "~"
    };
    for (int i = 0; i < 600; i++) {
      Kind kind = List.of(Kind.values()).get(random.nextInt(4));
      StringBuilder text = new StringBuilder(Sheet.abroad(kind).text());
      for (int edits = random.nextInt(1, 6); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        String scrap = scraps[random.nextInt(scraps.length)];
        if (random.nextBoolean()) {
          text.insert(at, scrap);
        } else {
          text.replace(at, Math.min(text.length(), at + random.nextInt(1, 8)), scrap);
        }
      }
      String shown = Masked.text(text.toString());
      assertThat(Reading.of(JobType.IMPORT, text.toString()).buckets()).isNotNull();
      assertThat(Masked.restore(shown, text.toString()))
          .as("edit %d of seed %d", i, seed)
          .isNotNull();
    }
  }
}
