package org.diskferry.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.Credentials;
import org.diskferry.access.SecretKey;
import org.diskferry.store.s3.CredentialsSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsChainTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-12-01T00:00:00Z"));
  private static final Credentials NEAR =
      new Credentials(new AccessKeyId("NEARID"), SecretKey.of("near secret"), "near token");

  @TempDir private Path folder;

  private CredentialsSource find(Map<String, String> environment, Path file, String profile)
      throws IOException {
    StoreChoice.Elsewhere store =
        new StoreChoice.Elsewhere(
            URI.create("https://store.test"),
            file,
            profile,
            "us-east-1",
            null,
            StoreChoice.Style.AUTO,
            null);
    return new CredentialsChain(environment, folder).find(store, CLOCK);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("keys.ini"), text);
  }

  @Test
  void theNamedFileIsReadByItsSection() throws Exception {
    Path file =
        file(
            """
            # ours
            [default]
            aws_access_key_id=FIRST
            aws_secret_access_key=first secret

            [profile backup]
            ; theirs
            AWS_ACCESS_KEY_ID = SECOND
            aws_secret_access_key = a/b+c=
            aws_session_token = token
            s3 =
              addressing_style = path
            """);
    assertThat(find(Map.of(), file, "default").current())
        .isEqualTo(Credentials.of("FIRST", "first secret"));
    Credentials second = find(Map.of(), file, "backup").current();
    assertThat(second.id().value()).isEqualTo("SECOND");
    assertThat(second.sessionToken()).isEqualTo("token");
    assertThat(new String(second.secret().bytes(), StandardCharsets.UTF_8)).isEqualTo("a/b+c=");
  }

  @Test
  void theNamedFileGoesBeforeTheEnvironment() throws Exception {
    Path file = file("[default]\naws_access_key_id=FILE\naws_secret_access_key=secret\n");
    Map<String, String> environment =
        Map.of("AWS_ACCESS_KEY_ID", "ENVIRONMENT", "AWS_SECRET_ACCESS_KEY", "secret");
    assertThat(find(environment, file, "default").current().id().value()).isEqualTo("FILE");
    assertThat(find(environment, null, "default").current().id().value()).isEqualTo("ENVIRONMENT");
  }

  @Test
  void theUsersFileIsReadWhereTheEnvironmentSaysNothing() throws Exception {
    Path file = folder.resolve(".aws/credentials");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "[default]\naws_access_key_id=HOME\naws_secret_access_key=secret\n");
    assertThat(find(Map.of(), null, "default").current().id().value()).isEqualTo("HOME");
  }

  @Test
  void aProgramIsAskedAgainWhenItsCredentialsAreOver() throws Exception {
    Path count = folder.resolve("count");
    Path file =
        file(
            "[default]\ncredential_process = echo x >> '%s'; echo '{\"Version\": 1, \"AccessKeyId\": \"RUN'$(wc -l < '%s')'\", \"SecretAccessKey\": \"s\", \"Expiration\": \"2026-12-01T00:01:00Z\"}'\n"
                .formatted(count, count));
    CredentialsSource source = find(Map.of(), file, "default");
    Credentials second = source.current();
    assertThat(second.id().value()).isEqualTo("RUN2");
    assertThat(source.renewed(second).id().value()).isEqualTo("RUN3");
    assertThat(source.renewed(second).id().value()).isEqualTo("RUN3");
  }

  @Test
  void lastingKeysThatAreOverAreNotFetchedForEver() throws Exception {
    Path file = file("[default]\naws_access_key_id=FIRST\naws_secret_access_key=secret\n");
    CredentialsSource source = find(Map.of(), file, "default");
    Credentials old = source.current();
    assertThatThrownBy(() -> source.renewed(old)).hasMessageContaining("expired");
    file("[default]\naws_access_key_id=ROTATED\naws_secret_access_key=secret\n");
    assertThat(source.renewed(old).id().value()).isEqualTo("ROTATED");
  }

  @Test
  void aContainerIsGivenItsOwn() throws Exception {
    HttpServer agent =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    agent.createContext(
        "/keys",
        exchange -> {
          boolean known =
              "open sesame".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body =
              "{\"AccessKeyId\":\"NEARID\",\"SecretAccessKey\":\"near secret\",\"Token\":\"near token\",\"Expiration\":\"2026-12-02T00:00:00Z\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    agent.start();
    try {
      String address = "http://127.0.0.1:" + agent.getAddress().getPort() + "/keys";
      Map<String, String> environment =
          Map.of(
              "AWS_CONTAINER_CREDENTIALS_FULL_URI",
              address,
              "AWS_CONTAINER_AUTHORIZATION_TOKEN",
              "open sesame");
      assertThat(find(environment, null, "default").current()).isEqualTo(NEAR);
    } finally {
      agent.stop(0);
    }
  }

  @Test
  void aTokenIsSentNowhereElse() {
    Map<String, String> environment =
        Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://192.0.2.1/keys");
    assertThatThrownBy(() -> find(environment, null, "default"))
        .hasMessageContaining("not on this machine");
  }

  @Test
  void whatIsMissingIsSaidWithoutSecrets() throws Exception {
    Path file = file("[default]\naws_secret_access_key = do not show this\n");
    assertThatThrownBy(() -> find(Map.of(), file, "default"))
        .hasMessageContaining("aws_access_key_id")
        .hasMessageNotContaining("do not show this");
    assertThatThrownBy(() -> find(Map.of(), file, "other"))
        .hasMessageContaining("there is no section [other]");
    assertThatThrownBy(() -> find(Map.of(), null, "default"))
        .hasMessageContaining("no credentials for https://store.test");
  }
}
