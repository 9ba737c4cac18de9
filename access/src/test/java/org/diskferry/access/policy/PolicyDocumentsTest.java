package org.diskferry.access.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentsTest {
  private static final String READ_ONLY =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
       "Action": ["importexport:ListJobs", "importexport:GetStatus"], "Resource": "*"}]}
      """;
  private static final String FULL =
      """
      {"Version": "2012-10-17",
       "Statement": [{"Effect": "Allow", "Action": "importexport:*", "Resource": "*"}]}
      """;
  private static final String ALL_BUT_UPDATE =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "importexport:*"},
        {"Effect": "Deny", "Action": "importexport:UpdateJob", "Resource": "*"}]}
      """;

  @ParameterizedTest
  @CsvSource({"ListJobs,true", "GetStatus,true", "CreateJob,false", "CancelJob,false"})
  void theReadOnlyExampleAllowsReadingAlone(String action, boolean allowed) throws PolicyException {
    assertThat(user(READ_ONLY).allow("importexport:" + action, "*")).isEqualTo(allowed);
  }

  @Test
  void theFullExampleAllowsEveryActionOfTheService() throws PolicyException {
    assertThat(user(FULL).allow("importexport:CreateJob", "*")).isTrue();
    assertThat(user(FULL).allow("s3:PutObject", "arn:aws:s3:::b/k")).isFalse();
  }

  @Test
  void aDenialWinsOverWhateverAllows() throws PolicyException {
    PolicyDocuments user = user(ALL_BUT_UPDATE, FULL);

    assertThat(user.allow("importexport:UpdateJob", "*")).isFalse();
    assertThat(user.allow("importexport:CancelJob", "*")).isTrue();
  }

  @Test
  void withoutAPolicyNothingIsAllowed() throws PolicyException {
    assertThat(user().allow("importexport:ListJobs", "*")).isFalse();
  }

  @Test
  void anotherResourceNeverAllowsAnActionOfTheService() throws PolicyException {
    assertThat(
            user(statement("'Allow'", "'Action': 'importexport:*', 'Resource': 'arn:aws:s3:::*'"))
                .allow("importexport:ListJobs", "*"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "s3:PutObject, arn:aws:s3:::bucket/a/b, true",
    "S3:putobject, arn:aws:s3:::bucket/a/b, true",
    "s3:PutObjectAcl, arn:aws:s3:::bucket/a/b, true",
    "s3:GetObject, arn:aws:s3:::bucket/a/b, false",
    "s3:PutObject, arn:aws:s3:::Bucket/a/b, false",
    "s3:PutObject, arn:aws:s3:::bucket2/a, false",
    "s3:PutObject, arn:aws:s3:::log-1/x, true",
    "s3:PutObject, arn:aws:s3:::log-12/x, false"
  })
  void actionsKnowNoCaseAndResourcesDo(String action, String resource, boolean allowed)
      throws PolicyException {
    PolicyDocuments user =
        user(
            statement(
                "'Allow'",
                "'Action': 's3:Put*', 'Resource': ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::log-?/*']"));

    assertThat(user.allow(action, resource)).isEqualTo(allowed);
  }

  @Test
  void notActionAndNotResourceMatchTheRest() throws PolicyException {
    PolicyDocuments user =
        user(
            statement("'Allow'", "'NotAction': 'importexport:*', 'Resource': '*'"),
            statement("'Deny'", "'Action': '*', 'NotResource': 'arn:aws:s3:::mine/*'"));

    assertThat(user.allow("s3:GetObject", "arn:aws:s3:::mine/k")).isTrue();
    assertThat(user.allow("s3:GetObject", "arn:aws:s3:::yours/k")).isFalse();
    assertThat(user.allow("importexport:ListJobs", "*")).isFalse();
  }

  @Test
  void aLongRunOfStarsIsMatchedInGoodTime() throws PolicyException {
    String stars = "*a".repeat(2_000);
    PolicyDocuments user =
        user(statement("'Allow'", "'Action': '*', 'Resource': 'arn:" + stars + "b'"));

    assertThat(user.allow("s3:GetObject", "arn:" + "a".repeat(10_000))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | JSON object",
        "{} | Statement must be",
        "{'Statement': []} | Statement must be",
        "{'Statement': [1]} | statement 1 is not an object",
        "{'Version': '2020-01-01', 'Statement': {}} | Version must be",
        "{'Statements': {}} | Statements",
        "{'Statement': {'Effect': 'Allow', 'Action': '*', 'Condition': {}}} | Condition",
        "{'Statement': {'Effect': 'Allow', 'Action': '*', 'Principal': '*'}} | Principal",
        "{'Statement': {'Effect': 'allow', 'Action': '*'}} | Effect must be",
        "{'Statement': {'Action': '*'}} | Effect must be",
        "{'Statement': {'Effect': 'Allow'}} | one of Action and NotAction",
        "{'Statement': {'Effect': 'Allow', 'Action': '*', 'NotAction': '*'}} | one of Action",
        "{'Statement': {'Effect': 'Allow', 'Action': []}} | empty list",
        "{'Statement': {'Effect': 'Allow', 'Action': 7}} | must be a text",
        "{'Statement': {'Effect': 'Allow', 'Action': 'CreateJob'}} | service:Action",
        "{'Statement': {'Effect': 'Allow', 'Action': '*', 'Resource': 'bucket'}} | arn:",
        "{'Statement': {'Effect': 'Allow', 'Effect': 'Deny', 'Action': '*'}} | well-formed",
        "{'Statement': {'Effect': 'Allow', 'Action': '*'}} x | well-formed",
        "{'Statement': [[[[[[1]]]]]]} | well-formed",
        "not json | well-formed"
      })
  void aDocumentThatIsNotUnderstoodIsRefused(String json, String said) {
    assertThatThrownBy(() -> PolicyDocument.parse(json.replace('\'', '"')))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(said);
  }

  @Test
  void variablesAreRefusedInTheVersionThatHasThem() throws PolicyException {
    String body =
        "\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\","
            + " \"Resource\": \"arn:aws:s3:::b/${aws:username}\"}}";

    assertThatThrownBy(() -> PolicyDocument.parse("{\"Version\": \"2012-10-17\", " + body))
        .hasMessageContaining("variables");
    assertThat(user("{" + body).allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {20_481, 1_000_000})
  void aDocumentOfMoreThanTwentyKibibytesIsNotRead(int length) {
    assertThatThrownBy(() -> PolicyDocument.parse(" ".repeat(length)))
        .hasMessage("a policy has at most 20480 characters");
  }

  private static String statement(String effect, String rest) {
    return ("{'Version': '2012-10-17', 'Statement': {'Sid': 'x', 'Effect': " + effect + ", " + rest)
            .replace('\'', '"')
        + "}}";
  }

  private static PolicyDocuments user(String... documents) throws PolicyException {
    return PolicyDocuments.parse(List.copyOf(Arrays.asList(documents)));
  }
}
