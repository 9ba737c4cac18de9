package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.depot.s3.Transport;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of uploads that nobody completes.
class LifecycleTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path directory;
  private static final TestClock CLOCK = new TestClock();
  private static TestDatabase database;
  private static TestDepot depot;
  private static S3Client owner;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    open();
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  @BeforeEach
  void makeBucket() throws Exception {
    owner.put("bucket", "", "");
  }

  @AfterEach
  void deleteBucket() throws Exception {
    assertThat(owner.delete("bucket", "").status()).isEqualTo(204);
  }

  @Test
  void anUploadIsDroppedWhenARuleSaysSo() throws Exception {
    assertThat(rules(rule("r1", "Enabled", "tmp/", 2)).status()).isEqualTo(200);
    Reply begun = begin("tmp/a");
    assertThat(begun.header("x-amz-abort-rule-id")).isEqualTo("r1");
    assertThat(begun.header("x-amz-abort-date")).endsWith("00:00:00 GMT");
    assertThat(begin("kept").header("x-amz-abort-date")).isEmpty();
    CLOCK.putAhead(Duration.ofDays(1));
    depot.depot().tidy();
    CLOCK.putAhead(Duration.ZERO);
    assertThat(uploads().elements("Key")).containsExactly("kept", "tmp/a");
    CLOCK.putAhead(Duration.ofDays(4));
    depot.depot().tidy();
    CLOCK.putAhead(Duration.ZERO);
    assertThat(uploads().elements("Key")).containsExactly("kept");
  }

  @Test
  void aRuleThatIsDisabledIsKeptAndNotFollowed() throws Exception {
    rules(rule("off", "Disabled", "", 1));
    assertThat(begin("a").header("x-amz-abort-date")).isEmpty();
    CLOCK.putAhead(Duration.ofDays(9));
    depot.depot().tidy();
    CLOCK.putAhead(Duration.ZERO);
    assertThat(uploads().elements("Key")).containsExactly("a");
    assertThat(read().element("Status")).isEqualTo("Disabled");
  }

  @Test
  void theRulesAreToldAfterARestartAndDeleted() throws Exception {
    assertThat(read().element("Code")).isEqualTo("NoSuchLifecycleConfiguration");
    rules(rule("one & only", "Enabled", "ü <x>/", 7) + rule("", "Disabled", "", 30));
    depot.close();
    open();
    Reply told = read();
    assertThat(told.elements("ID")).hasSize(2).contains("one &amp; only").doesNotContain("");
    assertThat(told.elements("Prefix")).containsExactly("ü &lt;x&gt;/", "");
    assertThat(told.elements("DaysAfterInitiation")).containsExactly("7", "30");
    assertThat(depot.client(TestDepot.OTHER).send("GET", "/bucket", "lifecycle=", NOTHING).status())
        .isEqualTo(403);
    assertThat(owner.send("DELETE", "/bucket", "lifecycle=", NOTHING).status()).isEqualTo(204);
    assertThat(read().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <Rule><Status>Enabled</Status><Prefix/><Expiration><Days>1</Days></Expiration></Rule> | NotImplemented
          <Rule><Status>Enabled</Status><Filter><Tag/></Filter>ABORT</Rule> | NotImplemented
          <Rule><Status>On</Status><Prefix/>ABORT</Rule> | MalformedXML
          <Rule><Status>Enabled</Status>ABORT</Rule> | MalformedXML
          <Rule><Status>Enabled</Status><Prefix/></Rule> | MalformedXML
          '' | MalformedXML
          <Rule><Status>Enabled</Status><Prefix/><AbortIncompleteMultipartUpload><DaysAfterInitiation>0</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule> | InvalidArgument
          <Rule><ID>x</ID><Status>Enabled</Status><Prefix/>ABORT</Rule><Rule><ID>x</ID><Status>Enabled</Status><Prefix/>ABORT</Rule> | InvalidArgument
          """)
  void whatCannotBeFollowedIsRefused(String rule, String code) throws Exception {
    Reply reply = rules(rule.replace("ABORT", abort(3)));
    assertThat(reply.element("Code")).isEqualTo(code);
    assertThat(read().element("Code")).isEqualTo("NoSuchLifecycleConfiguration");
  }

  private static void open() throws Exception {
    depot = TestDepot.start(database.login(), directory, 0, 0, new Transport.Plain(), CLOCK);
    owner = depot.client(TestDepot.OWNER);
  }

  private Reply begin(String key) throws Exception {
    return owner.send("POST", "/bucket/" + key, "uploads=", NOTHING);
  }

  private Reply uploads() throws Exception {
    return owner.send("GET", "/bucket", "uploads=", NOTHING);
  }

  private Reply read() throws Exception {
    return owner.send("GET", "/bucket", "lifecycle=", NOTHING);
  }

  private Reply rules(String rules) throws Exception {
    String document = "<LifecycleConfiguration>" + rules + "</LifecycleConfiguration>";
    return owner.send("PUT", "/bucket", "lifecycle=", document.getBytes(StandardCharsets.UTF_8));
  }

  private static String rule(String id, String status, String prefix, int days) {
    return "<Rule><ID>%s</ID><Filter><Prefix>%s</Prefix></Filter><Status>%s</Status>%s</Rule>"
        .formatted(escaped(id), escaped(prefix), status, abort(days));
  }

  private static String abort(int days) {
    return "<AbortIncompleteMultipartUpload><DaysAfterInitiation>%d</DaysAfterInitiation></AbortIncompleteMultipartUpload>"
        .formatted(days);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
