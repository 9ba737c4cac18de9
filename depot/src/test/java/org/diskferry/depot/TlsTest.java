package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.diskferry.depot.s3.Transport;
import org.diskferry.postgres.testing.NotRun;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "changeit";
  private static final Path AWS = Path.of("/usr/bin/aws");

  @TempDir static Path temporary;
  private static TestDatabase database;
  private static TestDepot depot;
  private static KeyStore keys;

  @BeforeAll
  static void start() throws Exception {
    keys = keyStore();
    database = TestDatabase.create();
    depot =
        TestDepot.start(
            database.login(),
            temporary.resolve("depot"),
            0,
            0,
            new Transport.Tls(keys, PASSWORD.toCharArray()));
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  @Test
  void theEndpointIsEncrypted() throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      HttpResponse<String> reply =
          client.send(
              HttpRequest.newBuilder(depot.depot().endpoint().resolve("/bucket")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(reply.statusCode()).isEqualTo(404);
      assertThat(reply.body()).contains("<Code>NoSuchBucket</Code>");
      assertThat(reply.headers().firstValue("Date")).isPresent();
    }
    assertThat(depot.depot().endpoint()).hasScheme("https");
  }

  @Test
  void theAwsCommandLineWorksOverTls() throws Exception {
    if (!Files.isExecutable(AWS)) {
      throw NotRun.because(getClass(), "aws s3 over TLS", "awscli");
    }
    Path large = temporary.resolve("large");
    Files.write(large, new byte[12_000_000]);
    aws("s3", "mb", "s3://tls");
    aws("s3", "cp", large.toString(), "s3://tls/large");
    aws("s3", "cp", "s3://tls/large", temporary.resolve("back").toString());
    assertThat(Files.mismatch(large, temporary.resolve("back"))).isEqualTo(-1);
    // Over TLS the body comes in chunks that are not signed, with the checksum as a trailer.
    aws(
        "s3api",
        "put-object",
        "--bucket",
        "tls",
        "--key",
        "trailer",
        "--body",
        large.toString(),
        "--checksum-algorithm",
        "SHA256");
    assertThat(Files.readString(temporary.resolve("aws.out"))).contains("ChecksumSHA256");
  }

  private static void aws(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(AWS.toString(), "--endpoint-url", depot.depot().endpoint().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("AWS_ACCESS_KEY_ID", "OWNERKEY");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "secret-of-owner");
    builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
    builder.environment().put("AWS_CA_BUNDLE", temporary.resolve("ca.pem").toString());
    builder.environment().put("HOME", temporary.toString());
    Path out = temporary.resolve("aws.out");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor()).as("%s%n%s", command, Files.readString(out)).isZero();
  }

  /// A certificate for loopback, made by the JDK's own tool.
  private static KeyStore keyStore() throws Exception {
    Path file = temporary.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "depot",
                "-keyalg",
                "EC",
                "-dname",
                "CN=depot",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-ext",
                "bc:c=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("keytool.out").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate("depot").getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    Files.writeString(temporary.resolve("ca.pem"), pem);
    // Trusted as well, for the client of the JDK.
    store.setCertificateEntry("trusted", store.getCertificate("depot"));
    return store;
  }
}
