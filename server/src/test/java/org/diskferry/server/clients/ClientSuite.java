package org.diskferry.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.diskferry.postgres.testing.NotRun;
import org.diskferry.server.clients.ClientProcess.Outcome;
import org.diskferry.server.testing.SampleManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Debian's clients must be able to do with a running service: every operation, paging, and
/// errors. Extend it with a [#target] to hold a service to it; jobs are made and cancelled.
public abstract class ClientSuite {
  private static final String AWS = "/usr/bin/aws";
  private static final String PYTHON = "/usr/bin/python3";
  private static final int SERVICE_ERROR = 254;
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path directory;

  private Path manifest;

  /// The service to ask.
  protected abstract Target target();

  @BeforeEach
  void writeManifest() throws IOException {
    manifest = directory.resolve("manifest.txt");
    String bucket = target().bucket();
    // As editors on Windows leave it.
    Files.writeString(manifest, SampleManifest.importInto(bucket, bucket).replace("\n", "\r\n"));
  }

  @Test
  void theCommandLineDoesEveryOperation() throws Exception {
    needsAws();
    String job = id(create("--no-validate-only"));
    String other = id(create("--no-validate-only"));

    JsonNode status = ok("get-status", "--job-id", job);
    assertThat(status.path("JobType").asString()).isEqualTo("Import");
    assertThat(status.path("ProgressCode").asString()).isEqualTo("Pending");
    assertThat(status.path("ErrorCount").asInt(-1)).isZero();
    assertThat(status.path("CreationDate").asString()).startsWith("20");
    assertThat(status.path("CurrentManifest").asString())
        .isEqualToNormalizingNewlines(Files.readString(manifest));
    assertThat(
            ok(
                    "update-job",
                    "--job-id",
                    job,
                    "--job-type",
                    "Import",
                    "--manifest",
                    file(),
                    "--no-validate-only")
                .path("Success")
                .asBoolean())
        .isTrue();
    // Pages until the service says that there are no more.
    assertThat(ids(ok("list-jobs", "--page-size", "1", "--max-items", "2")))
        .containsExactly(other, job);
    assertThat(ok("cancel-job", "--job-id", job).path("Success").asBoolean()).isTrue();
    assertThat(ok("get-status", "--job-id", job).path("ProgressCode").asString())
        .isEqualTo("Canceled");
    ok("cancel-job", "--job-id", other);
  }

  @Test
  void theCommandLineValidatesAndMakesNothing() throws Exception {
    needsAws();

    String id = id(create("--validate-only"));

    assertThat(id).endsWith("-VALIDATE-ONLY");
    assertError(
        aws("get-status", "--job-id", id),
        "(InvalidJobIdException) when calling the GetStatus operation: No such job " + id);
  }

  @Test
  void theCommandLineShowsErrorsInTheServicesWords() throws Exception {
    needsAws();

    assertError(
        aws("get-status", "--job-id", "foo"),
        "An error occurred (InvalidJobIdException) when calling the GetStatus operation: No such"
            + " job foo for your account");
    assertError(
        aws(
            "create-job",
            "--job-type",
            "import",
            "--manifest",
            manifest.toString(),
            "--no-validate-only"),
        "(MalformedManifestException) when calling the CreateJob operation: Your manifest is not"
            + " well-formed");
    assertError(
        aws("get-shipping-label", "--job-ids", "AAAAA", "BBBBB"), "(UnknownOperationException)");
    assertError(aws("list-jobs", "--no-sign-request"), "(MissingAuthenticationToken)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v4", "v2"})
  void botoDoesEveryOperationAndRaisesTheServicesErrors(String signing) throws Exception {
    needsBoto();

    Journey journey =
        Journey.of(
            python(
                signing,
                target().endpoint(),
                target().bundle().toString(),
                manifest().toString(),
                Map.of()));

    journey.check(signing, manifestText());
    assertThat(journey.step("token").path("Jobs").isArray()).isTrue();
  }

  /// What the Python client says of a journey.
  ///
  /// @param bundle of certificates to trust; `-` to trust any
  /// @param manifest a file; `-` for no more than a list of jobs
  protected final Outcome python(
      String signing,
      String endpoint,
      String bundle,
      String manifest,
      Map<String, String> environment)
      throws Exception {
    Path script = directory.resolve("journey.py");
    try (InputStream in =
        Objects.requireNonNull(ClientSuite.class.getResourceAsStream("journey.py"))) {
      Files.write(script, in.readAllBytes());
    }
    return run(
        List.of(PYTHON, script.toString(), endpoint, bundle, "eu-west-1", signing, manifest),
        environment);
  }

  /// How a client ends that is given the target's keys, and more of an environment.
  protected final Outcome run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    return new ClientProcess(target(), directory).run(command, environment);
  }

  /// A file with a manifest that is good.
  protected final Path manifest() {
    return manifest;
  }

  /// What is in it.
  protected final String manifestText() throws IOException {
    return Files.readString(manifest);
  }

  private JsonNode create(String validation) throws Exception {
    return ok("create-job", "--job-type", "import", "--manifest", file(), validation);
  }

  private String file() {
    return "file://" + manifest;
  }

  private JsonNode ok(String... arguments) throws Exception {
    Outcome outcome = aws(arguments);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return JSON.readTree(outcome.out());
  }

  private Outcome aws(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                AWS, "--endpoint-url", target().endpoint(), "--output", "json", "importexport"));
    command.addAll(List.of(arguments));
    return new ClientProcess(target(), directory).run(command);
  }

  private static String id(JsonNode created) {
    return created.path("JobId").asString();
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.path("Jobs").forEach(j -> ids.add(j.path("JobId").asString()));
    return ids;
  }

  private static void assertError(Outcome outcome, String said) {
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(SERVICE_ERROR);
    assertThat(outcome.err()).contains(said);
  }

  private void needsAws() throws IOException, InterruptedException {
    if (!ClientProcess.isInstalled(AWS, "--version")) {
      throw NotRun.because(getClass(), "the AWS command line", "the package awscli");
    }
  }

  /// Ends a test that cannot run without the Python client.
  protected final void needsBoto() throws IOException, InterruptedException {
    if (!ClientProcess.isInstalled(PYTHON, "-c", "import boto3")) {
      throw NotRun.because(getClass(), "boto3", "the package python3-boto3");
    }
  }
}
