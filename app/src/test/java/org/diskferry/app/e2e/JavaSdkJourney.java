package org.diskferry.app.e2e;

import com.amazonaws.ClientConfiguration;
import com.amazonaws.Request;
import com.amazonaws.Response;
import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.auth.BasicSessionCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.handlers.RequestHandler2;
import com.amazonaws.services.importexport.AmazonImportExport;
import com.amazonaws.services.importexport.AmazonImportExportClientBuilder;
import com.amazonaws.services.importexport.model.AmazonImportExportException;
import com.amazonaws.services.importexport.model.CancelJobRequest;
import com.amazonaws.services.importexport.model.CreateJobRequest;
import com.amazonaws.services.importexport.model.CreateJobResult;
import com.amazonaws.services.importexport.model.GetShippingLabelRequest;
import com.amazonaws.services.importexport.model.GetStatusRequest;
import com.amazonaws.services.importexport.model.GetStatusResult;
import com.amazonaws.services.importexport.model.Job;
import com.amazonaws.services.importexport.model.ListJobsRequest;
import com.amazonaws.services.importexport.model.ListJobsResult;
import com.amazonaws.services.importexport.model.UpdateJobRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// Every operation and some errors through the first Java SDK, in a process of its own; one line of
/// JSON a step.
///
/// Arguments: endpoint, region, how to sign (v2 or v4), file of the manifest (or `-` for no more
/// than a list of jobs), and perhaps the port of a proxy on this machine.
final class JavaSdkJourney {
  private final String[] arguments;
  private String wire = "";

  private JavaSdkJourney(String[] arguments) {
    this.arguments = arguments;
  }

  public static void main(String[] arguments) throws Exception {
    new JavaSdkJourney(arguments).run();
  }

  private void run() throws Exception {
    AmazonImportExport client = client(new BasicAWSCredentials(key(), secret()));
    if (arguments[3].equals("-")) {
      step("list", () -> jobs(client.listJobs(new ListJobsRequest().withMaxJobs(1))));
      return;
    }
    String manifest = Files.readString(Path.of(arguments[3]));
    CreateJobRequest order = new CreateJobRequest().withJobType("Import").withManifest(manifest);
    step("validate", () -> created(client.createJob(order.clone().withValidateOnly(true))));
    // Leaves out what it must not leave out by its model.
    String job = text(step("create", () -> created(client.createJob(order))), "JobId");
    String other =
        text(
            step("another", () -> created(client.createJob(order.withValidateOnly(false)))),
            "JobId");
    step("status", () -> status(client.getStatus(new GetStatusRequest().withJobId(job))));
    UpdateJobRequest update =
        new UpdateJobRequest()
            .withJobId(job)
            .withJobType("Import")
            .withManifest(manifest + "prefix: ä & <ö>~*'()/\r\n")
            .withValidateOnly(false);
    step("update", () -> Map.of("Success", client.updateJob(update).getSuccess()));
    step("updated", () -> status(client.getStatus(new GetStatusRequest().withJobId(job))));
    pages(client, other);
    CancelJobRequest cancel = new CancelJobRequest().withJobId(job);
    step("cancel", () -> Map.of("Success", client.cancelJob(cancel).getSuccess()));
    step("canceled", () -> status(client.getStatus(new GetStatusRequest().withJobId(job))));
    step("again", () -> Map.of("Success", client.cancelJob(cancel).getSuccess()));
    errors(client, job, other);
    step(
        "cancel the other",
        () ->
            Map.of(
                "Success", client.cancelJob(new CancelJobRequest().withJobId(other)).getSuccess()));
    AmazonImportExport session =
        client(new BasicSessionCredentials(key(), secret(), "of a session that is over"));
    step("token", () -> jobs(session.listJobs(new ListJobsRequest().withMaxJobs(1))));
  }

  private void pages(AmazonImportExport client, String other) {
    ListJobsRequest one = new ListJobsRequest().withMaxJobs(1);
    step("page", () -> jobs(client.listJobs(one)));
    step("rest", () -> jobs(client.listJobs(one.clone().withMarker(other))));
    List<String> ids = new ArrayList<>();
    while (ids.size() < 2) {
      ListJobsResult page =
          client.listJobs(ids.isEmpty() ? one : one.clone().withMarker(ids.getLast()));
      page.getJobs().stream().map(Job::getJobId).forEach(ids::add);
    }
    print(Map.of("step", "paged", "ids", ids));
  }

  private void errors(AmazonImportExport client, String job, String other) {
    step("unknown", () -> status(client.getStatus(new GetStatusRequest().withJobId("foo"))));
    CreateJobRequest malformed =
        new CreateJobRequest()
            .withJobType("Import")
            .withManifest("INVALID MANIFEST")
            .withValidateOnly(true);
    step("malformed", () -> created(client.createJob(malformed)));
    step("few", () -> jobs(client.listJobs(new ListJobsRequest().withMaxJobs(-1))));
    GetShippingLabelRequest label =
        new GetShippingLabelRequest().withJobIds(job, other).withName("Jane");
    step("label", () -> Map.of("url", client.getShippingLabel(label).getShippingLabelURL()));
    step("nothing said", () -> created(client.createJob(new CreateJobRequest())));
    step(
        "no job said",
        () -> Map.of("Success", client.cancelJob(new CancelJobRequest()).getSuccess()));
  }

  private AmazonImportExport client(AWSCredentials credentials) {
    ClientConfiguration configuration = new ClientConfiguration().withMaxErrorRetry(0);
    if (arguments[2].equals("v4")) {
      configuration.setSignerOverride("AWS4SignerType");
    }
    if (arguments.length > 4) {
      configuration.setProxyHost("127.0.0.1");
      configuration.setProxyPort(Integer.parseInt(arguments[4]));
    }
    return AmazonImportExportClientBuilder.standard()
        .withCredentials(new AWSStaticCredentialsProvider(credentials))
        .withClientConfiguration(configuration)
        .withEndpointConfiguration(new EndpointConfiguration(arguments[0], arguments[1]))
        .withRequestHandlers(
            new RequestHandler2() {
              @Override
              public void afterResponse(Request<?> request, Response<?> response) {
                wire = how(request);
              }

              @Override
              public void afterError(Request<?> request, Response<?> response, Exception e) {
                wire = how(request);
              }
            })
        .build();
  }

  private static String how(Request<?> request) {
    return request.getHeaders().containsKey("Authorization")
        ? "v4"
        : request.getParameters().getOrDefault("SignatureVersion", List.of()).contains("2")
            ? "v2"
            : "none";
  }

  private Map<String, Object> step(String name, Supplier<Map<String, ?>> call) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", name);
    try {
      line.putAll(call.get());
    } catch (AmazonImportExportException e) {
      line.put("error", e.getErrorCode());
      line.put("message", e.getErrorMessage());
      line.put("status", e.getStatusCode());
      line.put("class", e.getClass().getSimpleName());
    }
    line.put("wire", wire);
    line.values().removeIf(Objects::isNull);
    print(line);
    return line;
  }

  private static void print(Map<String, ?> line) {
    System.out.println(JsonMapper.shared().writeValueAsString(line));
  }

  private static Map<String, Object> created(CreateJobResult result) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("JobId", result.getJobId());
    members.put("JobType", result.getJobType());
    members.put("Signature", result.getSignature());
    members.put("SignatureFileContents", result.getSignatureFileContents());
    members.put("WarningMessage", result.getWarningMessage());
    return members;
  }

  private static Map<String, Object> status(GetStatusResult result) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("JobType", result.getJobType());
    members.put("ProgressCode", result.getProgressCode());
    members.put("CurrentManifest", result.getCurrentManifest());
    members.put("ErrorCount", result.getErrorCount());
    members.put("CreationDate", String.valueOf(result.getCreationDate()));
    members.put("LogKey", result.getLogKey());
    members.put("Carrier", result.getCarrier());
    return members;
  }

  private static Map<String, Object> jobs(ListJobsResult result) {
    return Map.of(
        "Jobs",
        result.getJobs().stream().map(job -> Map.of("JobId", job.getJobId())).toList(),
        "IsTruncated",
        result.getIsTruncated());
  }

  private static String text(Map<String, Object> line, String name) {
    return String.valueOf(line.get(name));
  }

  private static String key() {
    return System.getenv("AWS_ACCESS_KEY_ID");
  }

  private static String secret() {
    return System.getenv("AWS_SECRET_ACCESS_KEY");
  }
}
