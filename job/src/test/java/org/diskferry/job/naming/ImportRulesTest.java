package org.diskferry.job.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.diskferry.job.naming.ImportNames.Ignore;
import org.diskferry.job.naming.ImportNames.Load;
import org.diskferry.job.naming.ImportNames.Refuse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportRulesTest {

  @Test
  void withoutOptionsTheKeyIsThePath() {
    assertThat(name(new ManifestBuilder(), "images/sample.jpg"))
        .isEqualTo(new Load("images/sample.jpg"));
  }

  @Test
  void aPrefixGetsNoSlashOfItsOwn() {
    assertThat(name(new ManifestBuilder().prefix("my-prefix/"), "jpgs/sample.jpg"))
        .isEqualTo(new Load("my-prefix/jpgs/sample.jpg"));
    assertThat(name(new ManifestBuilder().prefix("images"), "sample.jpg"))
        .isEqualTo(new Load("imagessample.jpg"));
  }

  @Test
  void theGuidesExampleOfPrefixAndSubstitutions() {
    ManifestBuilder manifest =
        new ManifestBuilder()
            .prefix("myprefix$COLON$")
            .substitutions(Map.of("$COLON$", ":", "$QUOTE$", "\""));
    assertThat(name(manifest, "backup/$COLON$$QUOTE$computer1$QUOTE$/c$COLON$/image.dat"))
        .isEqualTo(new Load("myprefix:backup/:\"computer1\"/c:/image.dat"));
  }

  @Test
  void aDirectoryIsTakenOutOfTheKeyByASubstitution() {
    ManifestBuilder manifest =
        new ManifestBuilder().substitutions(Map.of("ZZ1/", "", "ZZ2/", "", "ZZ3/", ""));
    assertThat(name(manifest, "ZZ2/a.txt")).isEqualTo(new Load("a.txt"));
  }

  @Test
  void atEachPlaceTheLongestMatchWins() {
    Map<String, String> rules = new LinkedHashMap<>();
    rules.put("a", "1");
    rules.put("ab", "2");
    rules.put("abc", "3");
    assertThat(name(new ManifestBuilder().substitutions(rules), "abcabaxb"))
        .isEqualTo(new Load("321xb"));
  }

  @Test
  void whatWasReplacedIsNotLookedAtAgain() {
    ManifestBuilder manifest = new ManifestBuilder().substitutions(Map.of("A", "B", "B", "A"));
    assertThat(name(manifest, "ABBA")).isEqualTo(new Load("BAAB"));
    ManifestBuilder growing = new ManifestBuilder().substitutions(Map.of("a", "aa"));
    assertThat(name(growing, "aa")).isEqualTo(new Load("aaaa"));
  }

  @Test
  void substitutionsSeeThePrefixAndTheSeamBehindIt() {
    ManifestBuilder manifest = new ManifestBuilder().prefix("xy").substitutions(Map.of("yz", "-"));
    assertThat(name(manifest, "z.txt")).isEqualTo(new Load("x-.txt"));
  }

  @Test
  void nothingLeftIsAnInvalidSubstitution() {
    ImportNames name = name(new ManifestBuilder().substitutions(Map.of("all", "")), "all");
    assertThat(name)
        .isEqualTo(new Refuse(400, "InvalidSubstitution", "nothing is left of the name"));
  }

  @Test
  void aKeyOf1024BytesIsLoadedAndOneByteMoreIsTooLong() {
    // 341 letters of three bytes, and one of one byte
    String longest = "\u20ac".repeat(341) + "a";
    assertThat(name(new ManifestBuilder(), longest)).isEqualTo(new Load(longest));
    assertThat(name(new ManifestBuilder().prefix("b"), longest))
        .isEqualTo(
            new Refuse(400, "KeyTooLong", "the key would have 1025 bytes, and 1024 are possible"));
  }

  @Test
  void tooLongBySubstitutionSaysSo() {
    ManifestBuilder manifest = new ManifestBuilder().substitutions(Map.of("a", "b".repeat(1025)));
    assertThat(name(manifest, "a")).extracting("code").isEqualTo("InvalidSubstitution");
  }

  @Test
  void substitutionsMayBringALongPathUnderTheLimit() {
    ManifestBuilder manifest = new ManifestBuilder().substitutions(Map.of("long/", ""));
    assertThat(name(manifest, "long/".repeat(500) + "a")).isEqualTo(new Load("a"));
  }

  @Test
  void theSignatureAtTheRootIsIgnoredAndOnlyThere() {
    assertThat(name(new ManifestBuilder(), "SIGNATURE")).isEqualTo(new Ignore());
    assertThat(name(new ManifestBuilder(), "a/SIGNATURE")).isEqualTo(new Load("a/SIGNATURE"));
    assertThat(name(new ManifestBuilder(), "SIGNATURE.txt")).isEqualTo(new Load("SIGNATURE.txt"));
    assertThat(name(new ManifestBuilder(), "p1/SIGNATURE")).isEqualTo(new Load("p1/SIGNATURE"));
  }

  @Test
  void ofSeveralVolumesTheSignatureAtTheRootOfAnyIsIgnored() {
    ImportRules rules = ImportRules.ofPartitions(new ManifestBuilder().build());
    assertThat(rules.name("p1/SIGNATURE")).isEqualTo(new Ignore());
    assertThat(rules.name("p12/SIGNATURE")).isEqualTo(new Ignore());
    assertThat(rules.name("p1/a/SIGNATURE")).isEqualTo(new Load("p1/a/SIGNATURE"));
  }

  @ParameterizedTest
  @CsvSource({
    ".*~$, notes.txt~, true",
    ".*~$, notes.txt, false",
    ".*\\.swp$, a/.b.swp, true",
    "\\.psd$, images/chewie.psd, true",
    "\\.psd$, images/chewie.PSD, false",
    "\\.psd$, images/chewie.psd.txt, false",
    "^backup/, backup/a, true",
    "^backup/, old/backup/a, false",
    "^images/myImages/, images/myImages/b/c.jpg, true",
    "^\\$Recycle\\.bin/, $Recycle.bin/S-1-5/x, true",
    "^RECYCLER/, RECYCLER/x, true",
    "^lost\\+found/, lost+found/#12, true",
    "^lost\\+found/, lostfound/x, false",
    // to the parser of the guide's third example, the slip: a literal dollar at the end
    "\\.psd\\$, chewie.psd, false",
  })
  void ignorePatternsAreSearchedInThePath(String pattern, String path, boolean ignored) {
    assertThat(name(new ManifestBuilder().ignore(pattern), path) instanceof Ignore)
        .isEqualTo(ignored);
  }

  @Test
  void ignoreSeesThePathBeforePrefixAndSubstitutions() {
    ManifestBuilder manifest =
        new ManifestBuilder().prefix("x/").substitutions(Map.of("a", "b")).ignore("^x/", "^b");
    assertThat(name(manifest, "a")).isEqualTo(new Load("x/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a+)+$", "(a|aa)+$", "(.*a){20}$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y"})
  @Timeout(20)
  void aPatternThatRunsAwayIsGivenUp(String pattern) {
    String path = "a".repeat(40) + "x".repeat(60) + "!";
    ImportNames name = name(new ManifestBuilder().ignore(pattern), path);
    if (name instanceof Refuse refuse) {
      assertThat(refuse.status()).isEqualTo(400);
      assertThat(refuse.code()).isEqualTo("InvalidIgnorePattern");
      assertThat(refuse.reason()).contains(pattern);
    } else {
      assertThat(name).isEqualTo(new Load(path));
    }
  }

  @Test
  @Timeout(20)
  void theClassicRunawayReallyRunsAwayWithoutTheBound() {
    assertThat(name(new ManifestBuilder().ignore("(x+x+)+y\\1"), "x".repeat(60)))
        .isInstanceOf(Refuse.class);
  }

  @Test
  void aPatternThatRecursesTooDeepIsGivenUpToo() {
    assertThat(name(new ManifestBuilder().ignore("(a|b)*c"), "ab".repeat(200_000)))
        .isInstanceOf(Refuse.class);
  }

  @Test
  @Timeout(20)
  void anOrdinaryPatternReachesTheLongestPathOfLinux() {
    String path = "a".repeat(4096);
    assertThat(name(new ManifestBuilder().ignore(".*\\.swp$"), path))
        .extracting("code")
        .isEqualTo("KeyTooLong");
  }

  private static ImportNames name(ManifestBuilder manifest, String path) {
    return ImportRules.of(manifest.build()).name(path);
  }
}
