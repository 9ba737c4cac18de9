package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.diskferry.server.clients.ClientProcess.Outcome;
import org.diskferry.server.clients.ClientSuite;
import org.diskferry.server.clients.Journey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the old clients that Debian has not must be able to do with a running service, too: the
/// SDKs of Java and JavaScript, and a bare signer.
abstract class OldClientSuite extends ClientSuite {
  private static final String PASSWORD = "of no use elsewhere";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"v2", "v4"})
  void theFirstJavaSdkDoesEveryOperation(String signing) throws Exception {
    Journey journey = Journey.of(java(target().endpoint(), signing, manifest().toString()));

    journey.check(signing, manifestText());
    assertThat(journey.step("token").path("Jobs").isArray()).isTrue();
    // It alone does not check by itself what its model requires.
    journey.assertRaised("nothing said", "MissingParameterException", 400);
    journey.assertRaised("no job said", "InvalidJobIdException", 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2", "v4"})
  void theSecondJavaScriptSdkDoesEveryOperation(String signing) throws Exception {
    Journey journey =
        Journey.of(
            node(
                "journey.js",
                target().endpoint(),
                target().bundle().toString(),
                "eu-west-1",
                signing,
                manifest().toString()));

    journey.check(signing, manifestText());
    assertThat(journey.step("unknown").path("requestId").asString("")).isNotEmpty();
  }

  @Test
  void requestsOfNothingButAQueryDoEveryOperation() throws Exception {
    Journey journey =
        Journey.of(
            node(
                "get.js",
                target().endpoint(),
                target().bundle().toString(),
                manifest().toString()));

    journey.check("v2", manifestText());
  }

  protected final Outcome java(String endpoint, String signing, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djavax.net.ssl.trustStore=" + trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                JavaSdkJourney.class.getName(),
                endpoint,
                "us-east-1",
                signing));
    command.addAll(List.of(more));
    return run(command, Map.of("AWS_JAVA_V1_DISABLE_DEPRECATION_ANNOUNCEMENT", "true"));
  }

  protected final Outcome node(String script, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("node", NodeModules.installed().resolve(script).toString()));
    command.addAll(List.of(arguments));
    return run(command, Map.of("AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE", "1"));
  }

  /// A folder of the test's own.
  protected final Path folder() {
    return folder;
  }

  private Path trustStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(target().bundle())) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + number++, each);
      }
    }
    Path file = folder.resolve("trust.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }
}
