package org.diskferry.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diskferry.server.query.QuerySite.STRANGER;
import static org.diskferry.server.query.QuerySite.form;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.access.Credentials;
import org.diskferry.access.SecretKey;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signer;
import org.diskferry.job.manifest.FaultClass;
import org.diskferry.server.query.QuerySite.Reply;
import org.diskferry.server.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What all actions have in common: form, signature, right, envelope.
class QueryApiTest {
  private final QuerySite site = new QuerySite();

  @Test
  void aResultComesInTheEnvelopeThatClientsUnwrap() {
    Reply reply = site.ask("Action", "ListJobs");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.answer().contentType()).isEqualTo("text/xml;charset=utf-8");
    assertThat(reply.root()).isEqualTo("ListJobsResponse");
    assertThat(reply.xml().getDocumentElement().getNamespaceURI())
        .isEqualTo("http://importexport.amazonaws.com/doc/2010-06-01/");
    assertThat(reply.membersOf("ListJobsResponse"))
        .containsExactly("ListJobsResult", "ResponseMetadata");
    assertThat(reply.membersOf("ResponseMetadata")).containsExactly("RequestId");
  }

  @Test
  void anErrorComesInTheEnvelopeThatClientsUnwrap() {
    Reply reply = site.ask("Action", "GetStatus", "JobId", "A36BC");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.root()).isEqualTo("ErrorResponse");
    assertThat(reply.membersOf("ErrorResponse")).containsExactly("Error", "RequestId");
    assertThat(reply.membersOf("Error")).containsExactly("Type", "Code", "Message");
    assertThat(reply.text("Type")).isEqualTo("Sender");
    assertThat(reply.code()).isEqualTo("InvalidJobIdException");
    assertThat(reply.message()).isEqualTo("No such job A36BC for your account");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetShippingLabel", "listjobs", "DescribeJobs", "<script>"})
  void anActionThatIsNotKnownIsToldSo(String action) {
    Reply reply = site.ask("Action", action);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("UnknownOperationException");
    assertThat(reply.message()).isEqualTo("The specified operation was invalid: " + action);
  }

  @Test
  void theOldestClientsNameTheirActionAnOperation() {
    assertThat(site.ask("Operation", "ListJobs").root()).isEqualTo("ListJobsResponse");
    assertThat(site.ask("Operation", "X", "Action", "ListJobs").root())
        .isEqualTo("ListJobsResponse");
  }

  @Test
  void aMissingActionIsAMissingParameter() {
    Reply reply = site.ask("JobId", "A36BC");

    assertThat(reply.code()).isEqualTo("MissingParameterException");
    assertThat(reply.message()).isEqualTo("Action must be specified");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2010-06-01", "2010-06-03", "2014-12-18", "", "tomorrow"})
  void anyVersionOfTheApiIsTaken(String version) {
    assertThat(
            site.ask("Action", "ListJobs", "Version", version, "APIVersion", "1.0", "JobType", "x")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aParameterThatIsThereTwiceIsInvalid() {
    Reply reply = site.ask("Action", "ListJobs", "MaxJobs", "1", "MaxJobs", "2");

    assertThat(reply.code()).isEqualTo("InvalidParameterException");
    assertThat(reply.message()).isEqualTo("the parameter MaxJobs is there twice");
  }

  @Test
  void brokenFormDataIsInvalid() {
    Reply reply = site.send(new RequestHead("GET", "/", "Action=%4", List.of()), new byte[0]);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameterException");
  }

  @Test
  void parametersMayComeInTheQueryOfAGet() {
    String query = form("Action", "ListJobs");
    RequestHead head = new RequestHead("GET", "/", query, List.of(new Header("Host", "localhost")));

    assertThat(site.send(signed(TestUser.OWNER.credentials(), head), new byte[0]).status())
        .isEqualTo(200);
  }

  @Test
  void anUnsignedRequestIsRefused() {
    assertRefused(
        site.send(post(), bytes(form("Action", "ListJobs"))), 403, "MissingAuthenticationToken");
  }

  @Test
  void aWrongSecretIsRefused() {
    TestUser owner = TestUser.OWNER;
    TestUser wrong =
        new TestUser(
            new Credentials(owner.credentials().id(), SecretKey.of("wrong"), ""),
            owner.principal());

    assertRefused(site.askAs(wrong, "Action", "ListJobs"), 403, "SignatureDoesNotMatch");
  }

  @Test
  void aKeyThatDoesNotExistIsRefused() {
    TestUser nobody = TestUser.of("AKIANOBODY", "123456789012", "nobody", (a, r) -> true);

    assertRefused(site.askAs(nobody, "Action", "ListJobs"), 403, "InvalidClientTokenIdException");
  }

  @Test
  void anOldRequestIsRefused() {
    RequestHead old = signed(TestUser.OWNER.credentials(), post());
    site.clock.advance(Duration.ofMinutes(15).plusSeconds(1));

    assertRefused(site.send(old, new byte[0]), 400, "RequestExpired");
  }

  @Test
  void halfASignatureIsRefused() {
    RequestHead head =
        new RequestHead(
            "POST", "/", "", List.of(new Header("Authorization", "AWS4-HMAC-SHA256 x")));

    assertRefused(site.send(head, new byte[0]), 400, "IncompleteSignature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void otherVersionsOfSigningAreRefusedNamingThoseThatAreTaken(String version) {
    Reply reply =
        site.send(
            post(),
            bytes(form("Action", "ListJobs", "SignatureVersion", version, "Signature", "x")));

    assertRefused(reply, 400, "InvalidParameterException");
    assertThat(reply.message()).contains("Version 2").contains("Version 4");
  }

  @Test
  void theServiceOfAnotherScopeIsRefused() {
    RequestHead head = post();
    List<Header> headers = new ArrayList<>(head.headers());
    headers.addAll(
        new V4Signer(TestUser.OWNER.credentials(), "us-east-1", "s3")
            .sign(head, PayloadHash.EMPTY, QuerySite.NOW)
            .headers());

    assertRefused(
        site.send(new RequestHead("POST", "/", "", headers), new byte[0]),
        403,
        "SignatureDoesNotMatch");
  }

  @Test
  void whatAPolicyDoesNotAllowIsDenied() {
    Reply denied = site.askAs(QuerySite.READER, "Action", "CancelJob", "JobId", site.newJob());

    assertRefused(denied, 403, "AccessDeniedException");
    assertThat(denied.message())
        .isEqualTo("User reader is not authorized to perform importexport:CancelJob");
    assertThat(site.askAs(QuerySite.READER, "Action", "ListJobs").status()).isEqualTo(200);
  }

  @Test
  void aStrangerWithRightsOfTheirOwnSeesNothingOfOurs() {
    String job = site.newJob();

    for (String action : List.of("GetStatus", "CancelJob")) {
      assertThat(site.askAs(STRANGER, "Action", action, "JobId", job).code())
          .isEqualTo("InvalidJobIdException");
    }
    assertThat(site.askAs(STRANGER, "Action", "ListJobs", "Marker", job).code())
        .isEqualTo("InvalidJobIdException");
    assertThat(site.askAs(STRANGER, "Action", "ListJobs").texts("JobId")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/other,404,NotFound",
    "PUT,/,405,MethodNotAllowed",
    "HEAD,/,405,MethodNotAllowed"
  })
  void otherPathsAndMethodsAreAnsweredInXmlToo(
      String method, String path, int status, String code) {
    Reply reply = site.send(new RequestHead(method, path, "", List.of()), new byte[0]);

    assertRefused(reply, status, code);
  }

  @Test
  void aMethodThatIsNotTakenIsToldWhichAre() {
    Reply reply = site.send(new RequestHead("DELETE", "/", "", List.of()), new byte[0]);

    assertThat(reply.answer().headers()).containsEntry("Allow", "GET, POST");
  }

  @ParameterizedTest
  @CsvSource({
    "400,BadRequest,Sender",
    "404,NotFound,Sender",
    "405,MethodNotAllowed,Sender",
    "408,RequestTimeout,Sender",
    "413,RequestTooLarge,Sender",
    "414,RequestTooLarge,Sender",
    "431,RequestTooLarge,Sender",
    "418,BadRequest,Sender",
    "500,InternalFailure,Receiver",
    "501,InternalFailure,Receiver",
    "503,ServiceUnavailable,Receiver"
  })
  void whatTheWebServerRefusesIsWordedInXml(int status, String code, String type) {
    Reply reply = site.refuse(status);

    assertRefused(reply, status, code);
    assertThat(reply.text("Type")).isEqualTo(type);
  }

  @ParameterizedTest
  @EnumSource(FaultClass.class)
  void everyClassOfFaultHasACode(FaultClass fault) {
    assertThat(ErrorCode.of(fault.code()).status()).isEqualTo(400);
  }

  @Test
  void theLogSaysWhoAskedForWhatAndWhatCameOfIt() {
    assertThat(site.ask("Action", "ListJobs").answer().note())
        .isEqualTo("123456789012/owner ListJobs ok");
    assertThat(site.ask("Action", "GetStatus", "JobId", "x").answer().note())
        .isEqualTo("123456789012/owner GetStatus InvalidJobIdException");
    assertThat(site.send(post(), new byte[0]).answer().note())
        .isEqualTo("- MissingAuthenticationToken");
  }

  private static RequestHead post() {
    return new RequestHead("POST", "/", "", List.of(new Header("Host", "localhost")));
  }

  private static RequestHead signed(Credentials credentials, RequestHead head) {
    List<Header> headers = new ArrayList<>(head.headers());
    headers.addAll(
        new V4Signer(credentials, "us-east-1", "importexport")
            .sign(head, PayloadHash.EMPTY, QuerySite.NOW)
            .headers());
    return new RequestHead(head.method(), head.path(), head.query(), headers);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(Reply reply, int status, String code) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.root()).isEqualTo("ErrorResponse");
  }
}
