package org.diskferry.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diskferry.server.clients.ClientProcess.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a client did, in the same steps whatever the client: every operation, pages, and errors. A
/// client prints a JSON object a step: `step` is its name, `wire` how it was signed (`v2` or `v4`),
/// and the rest the answer's members, or `error`, `message` and `status`.
public final class Journey {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, JsonNode> steps;

  private Journey(Map<String, JsonNode> steps) {
    this.steps = steps;
  }

  /// As a client printed it that ended well.
  public static Journey of(Outcome outcome) {
    assertThat(outcome.code()).as(outcome.err() + outcome.out()).isZero();
    Map<String, JsonNode> steps = new LinkedHashMap<>();
    outcome
        .out()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(JSON::readTree)
        .forEach(step -> steps.put(step.path("step").asString(), step));
    return new Journey(steps);
  }

  /// One step.
  public JsonNode step(String name) {
    JsonNode step = steps.get(name);
    assertThat(step).as("step " + name + " of " + steps.keySet()).isNotNull();
    return step;
  }

  /// Holds all steps to what they must be.
  ///
  /// @param signing `v2` or `v4`
  /// @param manifest that the client sent
  public void check(String signing, String manifest) {
    steps.values().stream()
        .filter(s -> s.has("wire"))
        .forEach(s -> assertThat(s.path("wire").asString()).as(s.toString()).isEqualTo(signing));
    checkJobs(manifest);
    checkPages();
    checkErrors();
  }

  private void checkJobs(String manifest) {
    String job = step("create").path("JobId").asString();
    assertThat(step("validate").path("JobId").asString()).endsWith("-VALIDATE-ONLY");
    assertThat(step("create").path("JobType").asString()).isEqualTo("Import");
    assertThat(step("create").path("SignatureFileContents").asString())
        .contains("jobId:" + job + "\n")
        .contains("signature:" + step("create").path("Signature").asString() + "\n");
    assertThat(step("create").path("WarningMessage").asString())
        .startsWith("**** Device will be erased before being returned. ****");
    assertThat(step("status").path("CurrentManifest").asString()).isEqualTo(manifest);
    assertThat(step("status").path("ErrorCount").asInt(-1)).isZero();
    assertThat(step("status").path("CreationDate").asString()).isNotEmpty();
    assertThat(step("status").has("LogKey")).isFalse();
    assertThat(step("status").has("Carrier")).isFalse();
    assertThat(step("update").path("Success").asBoolean()).isTrue();
    assertThat(step("updated").path("CurrentManifest").asString())
        .isEqualTo(manifest + "prefix: ä & <ö>~*'()/\r\n");
    assertThat(step("cancel").path("Success").asBoolean()).isTrue();
    assertThat(step("canceled").path("ProgressCode").asString()).isEqualTo("Canceled");
  }

  private void checkPages() {
    String job = step("create").path("JobId").asString();
    String other = step("another").path("JobId").asString();
    assertThat(ids(step("page"))).containsExactly(other);
    assertThat(step("page").path("IsTruncated").asBoolean()).isTrue();
    assertThat(ids(step("rest"))).containsExactly(job);
    assertThat(step("paged").path("ids"))
        .extracting(JsonNode::asString)
        .containsExactly(other, job);
  }

  private void checkErrors() {
    assertRaised("again", "CanceledJobIdException", 400);
    assertRaised("unknown", "InvalidJobIdException", 400);
    assertRaised("malformed", "MalformedManifestException", 400);
    assertRaised("few", "InvalidParameterException", 400);
    assertRaised("label", "UnknownOperationException", 403);
    assertThat(step("unknown").path("message").asString())
        .startsWith("No such job foo for your account");
    assertThat(step("malformed").path("message").asString())
        .startsWith("Your manifest is not well-formed")
        .doesNotStartWith("Your manifest is not well-formed.");
  }

  /// That a step ended with an error, of the class that the client has for its code where it has
  /// one.
  public void assertRaised(String name, String code, int status) {
    JsonNode step = step(name);
    assertThat(step.path("error").asString()).as(step.toString()).isEqualTo(code);
    assertThat(step.path("status").asInt()).as(step.toString()).isEqualTo(status);
    if (step.has("class")) {
      assertThat(step.path("class").asString())
          .isIn(
              code.equals("UnknownOperationException")
                  ? List.of("ClientError", "AmazonImportExportException")
                  : List.of(code));
    }
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.path("Jobs").forEach(j -> ids.add(j.path("JobId").asString()));
    return ids;
  }
}
