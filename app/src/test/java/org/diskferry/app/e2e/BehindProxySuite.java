package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.diskferry.access.Credentials;
import org.diskferry.app.home.Home;
import org.diskferry.app.service.PublicAddresses;
import org.diskferry.app.service.RunningService;
import org.diskferry.app.service.ServiceSettings;
import org.diskferry.app.store.StoreChoice;
import org.diskferry.server.clients.ClientProcess.Outcome;
import org.diskferry.server.clients.Journey;
import org.diskferry.server.clients.Target;
import org.diskferry.store.BucketName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Old clients and clients of the object store through a proxy that ends TLS, by its address, and
/// by the names that the service tells its clients, with and without the port. Nothing is resolved:
/// a tunnel leads from any name to the proxy.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BehindProxySuite extends OldClientSuite {
  private static final String BUCKET = "clients";

  private final TlsProxy.Kind kind;
  private final Map<String, String> told = new HashMap<>();
  private RunningService service;
  private TlsProxy proxy;
  private ConnectProxy tunnel;

  BehindProxySuite(TlsProxy.Kind kind) {
    this.kind = kind;
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    TlsProxy.require(kind, getClass());
    // The database server runs as a user of its own and passes through here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Home home = new Home(folder.resolve("home")).prepared();
    Path certificate = TlsProxy.certificate(folder);
    PublicAddresses outside =
        new PublicAddresses(
            URI.create("https://" + TlsProxy.JOBS),
            URI.create("https://" + TlsProxy.OBJECTS),
            certificate);
    service =
        RunningService.start(
            new ServiceSettings(home, 0, null, new StoreChoice.Embedded(), outside, false),
            InstantSource.system());
    service.createBucket(new BucketName(BUCKET), "us-east-1");
    for (String line : Files.readAllLines(home.clientEnvironment())) {
      if (line.startsWith("export ")) {
        String[] pair = line.substring("export ".length()).split("=", 2);
        told.put(pair[0], pair[1]);
      }
    }
    Path trusted = home.keys().resolve("cert.pem");
    proxy = TlsProxy.start(kind, folder, service.jobs(), service.objects(), trusted);
    tunnel = ConnectProxy.to(proxy.port());
  }

  @AfterAll
  void stop() throws Exception {
    try (RunningService _ = service;
        TlsProxy _ = proxy;
        ConnectProxy _ = tunnel) {
      // Closed in reverse, what was started of them.
    }
  }

  @Override
  protected Target target() {
    Credentials credentials =
        Credentials.of(told.get("AWS_ACCESS_KEY_ID"), told.get("AWS_SECRET_ACCESS_KEY"));
    return new Target("https://localhost:" + proxy.port(), bundle(), credentials, BUCKET);
  }

  private Path bundle() {
    return Path.of(told.get("AWS_CA_BUNDLE"));
  }

  private Map<String, String> tunnelled() {
    return Map.of("HTTPS_PROXY", "http://127.0.0.1:" + tunnel.port(), "NO_PROXY", "");
  }

  @Test
  void clientsAreToldThePublicAddresses() {
    assertThat(told)
        .containsEntry("AWS_ENDPOINT_URL_IMPORTEXPORT", "https://" + TlsProxy.JOBS)
        .containsEntry("AWS_ENDPOINT_URL_S3", "https://" + TlsProxy.OBJECTS);
  }

  @ParameterizedTest
  @CsvSource({", v2", ", v4", ":443, v2", ":443, v4"})
  void thePythonClientUsesThePublicName(String port, String signing) throws Exception {
    needsBoto();
    String endpoint = told.get("AWS_ENDPOINT_URL_IMPORTEXPORT") + (port == null ? "" : port);
    Journey journey = Journey.of(python(signing, endpoint, bundle().toString(), "-", tunnelled()));

    assertThat(journey.step("list").path("Jobs").isArray()).isTrue();
    assertThat(journey.step("list").path("wire").asString()).isEqualTo(signing);
  }

  @ParameterizedTest
  @CsvSource({", v2", ", v4", ":443, v2", ":443, v4"})
  void theJavaSdkUsesThePublicName(String port, String signing) throws Exception {
    String endpoint = told.get("AWS_ENDPOINT_URL_IMPORTEXPORT") + (port == null ? "" : port);
    Journey journey = Journey.of(java(endpoint, signing, "-", Integer.toString(tunnel.port())));

    assertThat(journey.step("list").path("Jobs").isArray()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":443"})
  void botoUsesTheDepotBySignatures2And4WithBucketsInPathAndHost(String port) throws Exception {
    needsBoto();
    Path script = folder().resolve("objects.py");
    try (InputStream in =
        Objects.requireNonNull(BehindProxySuite.class.getResourceAsStream("objects.py"))) {
      Files.write(script, in.readAllBytes());
    }
    Outcome outcome =
        run(
            List.of(
                "/usr/bin/python3",
                script.toString(),
                told.get("AWS_ENDPOINT_URL_S3") + port,
                bundle().toString()),
            tunnelled());

    assertThat(outcome.out()).as(outcome.err()).isEqualTo("done\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "virtual"})
  void theCommandLineCopiesObjects(String style) throws Exception {
    needsBoto();
    Path config =
        Files.writeString(
            folder().resolve("aws.ini"), "[default]\ns3 =\n  addressing_style = " + style + "\n");
    Path file = folder().resolve("large");
    byte[] bytes = new byte[20_000_000];
    bytes[12_345_678] = 1;
    Files.write(file, bytes);
    Path back = folder().resolve("back");
    s3(config, "cp", file.toString(), "s3://clients/dir/large");
    assertThat(s3(config, "ls", "s3://clients/dir/")).contains("20000000 large");
    s3(config, "cp", "s3://clients/dir/large", back.toString());
    assertThat(Files.mismatch(file, back)).isEqualTo(-1);
    s3(config, "rm", "--recursive", "s3://clients");
  }

  private String s3(Path config, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("/usr/bin/aws", "--endpoint-url", told.get("AWS_ENDPOINT_URL_S3"), "s3"));
    command.addAll(List.of(words));
    Map<String, String> environment = new HashMap<>(tunnelled());
    environment.put("AWS_CONFIG_FILE", config.toString());
    Outcome outcome = run(command, environment);
    assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
    return outcome.out();
  }
}
