package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diskferry.server.clients.ClientProcess.Outcome;
import org.diskferry.server.clients.Journey;
import org.diskferry.server.clients.Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Real clients, old ones among them and none modified, each as its own process over TLS, against
/// the running service.
class UpClientsTest extends OldClientSuite {
  private static final String BUCKET = "clients";

  @TempDir private static Path folder;
  private static Up up;
  private static ConnectProxy proxy;

  @BeforeAll
  static void start() throws Exception {
    up = Up.start(folder.resolve("home"));
    up.s3("s3", "mb", "s3://" + BUCKET);
    proxy = ConnectProxy.to(up.jobs().getPort());
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.close();
    up.close();
  }

  @Override
  protected Target target() {
    return new Target(up.jobs().toString(), up.bundle(), up.credentials(), BUCKET);
  }

  @Test
  void theRubyClientOf2010DoesEveryOperation() throws Exception {
    needsBoto();
    Path script = folder.resolve("ruby2010.py");
    Files.write(script, NodeModules.resource("ruby2010.py"));
    Journey journey =
        Journey.of(
            run(
                List.of(
                    "/usr/bin/python3",
                    script.toString(),
                    target().endpoint(),
                    up.bundle().toString(),
                    manifest().toString()),
                Map.of()));

    journey.check("v2", manifestText());
    journey.assertRaised("no manifest", "MissingParameterException", 400);
    // Signed as it was sent, it gets as far as the manifest.
    journey.assertRaised("marks", "MissingManifestFieldException", 400);
    for (String host :
        List.of(
            "a name of the proxy's",
            "no port",
            "port said",
            "port said, not sent",
            "port sent, not said",
            "capitals")) {
      JsonNode list = journey.step(host);
      assertThat(list.path("Jobs").isArray()).as(list.toString()).isTrue();
    }
    journey.assertRaised("another name", "SignatureDoesNotMatch", 403);
  }

  /// Through a proxy a client can say any name and port; what it signs and what it sends differ.
  @ParameterizedTest
  @CsvSource({
    "https://localhost, v2",
    "https://localhost:443, v2",
    "https://localhost:443, v4",
    "https://LOCALHOST:443, v4",
    "https://import.example.com:8443, v2"
  })
  void thePythonClientMaySayAnyHost(String endpoint, String signing) throws Exception {
    needsBoto();
    boolean known = endpoint.toLowerCase(Locale.ROOT).contains("localhost");
    Journey journey = Journey.of(throughProxy(endpoint, signing, known));

    assertThat(journey.step("list").path("Jobs").isArray()).isTrue();
    assertThat(journey.step("list").path("wire").asString()).isEqualTo(signing);
  }

  @ParameterizedTest
  @CsvSource({
    "https://localhost, v2",
    "https://localhost:443, v2",
    "https://LOCALHOST:18443, v2",
    "https://localhost:443, v4"
  })
  void theJavaSdkMaySayAnyHost(String endpoint, String signing) throws Exception {
    Journey journey = Journey.of(java(endpoint, signing, "-", Integer.toString(proxy.port())));

    assertThat(journey.step("list").path("Jobs").isArray()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://localhost", "https://localhost:443", "https://LOCALHOST:18443"})
  void theJavaScriptSdkMaySayAnyHost(String endpoint) throws Exception {
    Journey journey =
        Journey.of(
            node(
                "journey.js",
                endpoint,
                up.bundle().toString(),
                "us-east-1",
                "v2",
                "-",
                Integer.toString(up.jobs().getPort())));

    assertThat(journey.step("list").path("Jobs").isArray()).isTrue();
  }

  private Outcome throughProxy(String endpoint, String signing, boolean known) throws Exception {
    return python(
        signing,
        endpoint,
        known ? up.bundle().toString() : "-",
        "-",
        Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port(), "NO_PROXY", ""));
  }
}
