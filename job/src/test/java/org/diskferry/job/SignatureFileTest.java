package org.diskferry.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.diskferry.job.SignatureFile.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureFileTest {
  private static final JobId JOB = new JobId("53TX4");
  private static final byte[] KEY = "a key of this job".getBytes(StandardCharsets.UTF_8);
  private static final SignatureFile FILE = SignatureFile.of(JOB, KEY);

  @Test
  void theFileIsFourLinesEachEndedByLf() {
    assertThat(FILE.text())
        .isEqualTo(
            "version:2.0\nsigningMethod:HmacSHA1\njobId:53TX4\nsignature:"
                + FILE.signature()
                + "\n");
    assertThat(FILE.text()).hasSize(86);
  }

  @Test
  void theSignatureIsHmacSha1OfVersionAndJobId() {
    // printf '2.0\n53TX4' | openssl dgst -sha1 -hmac 'a key of this job' -binary | base64
    assertThat(FILE.signature()).isEqualTo("lB3fPhb6Ed8VSjH7E9fDKQUBiR8=");
  }

  @Test
  void onlyTheJobsOwnKeyAndJobMatch() {
    assertThat(FILE.isSignedWith(KEY)).isTrue();
    assertThat(FILE.isSignedWith("another key".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(new SignatureFile(new JobId("53TX5"), FILE.signature()).isSignedWith(KEY)).isFalse();
  }

  @Test
  void whatIsWrittenIsReadBack() {
    assertThat(read(FILE.text())).isEqualTo(new Reading.Signed(FILE));
  }

  @Test
  void lineEndsOfWindowsDoNoHarm() {
    assertThat(read(FILE.text().replace("\n", "\r\n"))).isEqualTo(new Reading.Signed(FILE));
  }

  @Test
  void aByteOrderMarkDoesNoHarm() {
    assertThat(read("\uFEFF" + FILE.text())).isEqualTo(new Reading.Signed(FILE));
  }

  @Test
  void blanksAndEmptyLinesDoNoHarm() {
    String loose = "\n  " + FILE.text().replace(":", " : ").replace("\n", "  \n\n");
    assertThat(read(loose)).isEqualTo(new Reading.Signed(FILE));
  }

  @Test
  void aMissingLastLineEndDoesNoHarm() {
    assertThat(read(FILE.text().stripTrailing())).isEqualTo(new Reading.Signed(FILE));
  }

  @Test
  void theFrameThatWasCopiedAlongDoesNoHarm() {
    String framed =
        "*****************************************\n* SignatureFileContents                *\n"
            + "*****************************************\n"
            + FILE.text()
            + "*****\n";
    assertThat(read(framed)).isEqualTo(new Reading.Signed(FILE));
  }

  @Test
  void fourKibibytesAreReadAndOneByteMoreIsNot() {
    String filler = "\n".repeat(SignatureFile.LONGEST - FILE.text().length());
    assertThat(read(FILE.text() + filler)).isEqualTo(new Reading.Signed(FILE));
    assertThat(reason(FILE.text() + filler + "\n")).contains("4096");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "signingmethod", "jobid", "signature"})
  void eachOfTheFourLinesIsNeeded(String name) {
    StringBuilder without = new StringBuilder();
    FILE.text()
        .lines()
        .filter(line -> !line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
        .forEach(line -> without.append(line).append('\n'));
    assertThat(reason(without.toString())).contains(name);
  }

  @Test
  void aLineThatIsThereTwiceIsRefused() {
    assertThat(reason(FILE.text() + "jobId:AAAAA\n")).contains("twice");
  }

  @Test
  void anythingElseIsRefused() {
    assertThat(reason("")).contains("missing");
    assertThat(reason("hello\n")).contains("none of the four");
    assertThat(reason(FILE.text().replace("2.0", "1.0"))).contains("version");
    assertThat(reason(FILE.text().replace("SHA1", "SHA256"))).contains("signingmethod");
    assertThat(reason(FILE.text().replace("=", ""))).contains("28 characters");
    assertThat(reason(FILE.text().replace("53TX4", "53TX"))).contains("job id");
    assertThat(SignatureFile.read(new byte[] {(byte) 0xff, (byte) 0xfe, 'v', 0}))
        .isInstanceOf(Reading.Malformed.class);
  }

  @Test
  void theFileOfAValidatedManifestSaysWhatToDo() {
    assertThat(reason(FILE.text().replace("53TX4", "53TX4-VALIDATE-ONLY")))
        .contains("only validated");
  }

  @Test
  void aSignatureThatIsNoneIsNotAValue() {
    assertThatThrownBy(() -> new SignatureFile(JOB, "short"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Reading read(String text) {
    return SignatureFile.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String reason(String text) {
    assertThat(read(text)).isInstanceOf(Reading.Malformed.class);
    return ((Reading.Malformed) read(text)).reason();
  }
}
