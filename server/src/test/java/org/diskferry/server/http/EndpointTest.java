package org.diskferry.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.diskferry.access.signing.Header;
import org.diskferry.server.testing.TestTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final String CLOSE = "Connection: close\r\n";
  private static final AtomicReference<Optional<Request>> LAST =
      new AtomicReference<>(Optional.empty());

  private static Endpoint endpoint;
  private static RawClient client;

  @BeforeAll
  static void open(@TempDir Path directory) throws IOException, GeneralSecurityException {
    TestTls tls = TestTls.in(directory);
    endpoint = Endpoint.start(tls.settings(), new Echo());
    client = new RawClient(tls.trusting(), endpoint.port());
  }

  @AfterAll
  static void close() {
    endpoint.close();
  }

  @Test
  void aRequestReachesTheServiceAsItWasSent() {
    client.send(
        "POST /a%2Fb/../c;x=1?q=%20+&z HTTP/1.1\r\nHost: LocalHost:8443\r\nX-K: gr\u00c3\u00bcn\r\n"
            + CLOSE
            + "Content-Length: 5\r\n\r\nhello");

    Request request = LAST.get().orElseThrow();
    assertThat(request.head().method()).isEqualTo("POST");
    assertThat(request.head().path()).isEqualTo("/a%2Fb/../c;x=1");
    assertThat(request.head().query()).isEqualTo("q=%20+&z");
    assertThat(request.head().header("host")).contains("LocalHost:8443");
    assertThat(request.head().headers()).contains(new Header("X-K", "grün"));
    assertThat(request.body()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
  }

  @Test
  void anAnswerNamesItsRequestAndTheTime() {
    RawClient.Reply reply = client.send(get("/"));

    assertThat(reply.status()).isEqualTo(200);
    assertCompletes(reply);
    assertThat(reply.body()).isEqualTo("answer " + id(reply));
    assertThat(reply.header("Server")).isEmpty();
  }

  @Test
  void theServicesOwnStatusAndHeadersAreSent() {
    RawClient.Reply reply = client.send(get("/teapot"));

    assertThat(reply.status()).isEqualTo(418);
    assertThat(reply.header("X-More")).contains("yes");
    assertThat(reply.header("Content-Type")).contains("text/plain");
  }

  @Test
  void anErrorOfOursIsAnsweredWithoutItsReason() {
    RawClient.Reply reply = client.send(get("/bug"));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).isEqualTo("refused " + id(reply) + " 500");
    assertCompletes(reply);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | nonsense",
        "400 | GET / HTTP/1.1",
        "400 | POST / HTTP/1.1~Host: h~Content-Length: x",
        "400 | POST / HTTP/1.1~Host: h~Content-Length: 1~Content-Length: 2",
        "400 | POST / HTTP/1.1~Host: h~Content-Length: 1~Transfer-Encoding: chunked",
        "400 | GET / HTTP/1.1~Host: h~Bad Name: x",
        "400 | GET /%zz HTTP/1.1~Host: h~Bad Name: x",
        "505 | GET / HTTP/7.0~Host: h"
      })
  void whatIsNotHttpIsRefusedInTheServicesWords(int status, String head) {
    RawClient.Reply reply = client.send(head.replace("~", "\r\n") + "\r\n\r\n");

    assertRefused(reply, status);
  }

  @Test
  void aHeadThatIsTooLargeIsRefusedInTheServicesWords() {
    assertRefused(
        client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n"),
        431);
    assertRefused(client.send("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: h\r\n\r\n"), 414);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://importexport.amazonaws.com",
        "importexport.amazonaws.com",
        "127.0.0.1:8443",
        "[::1]:8443",
        "a_b.example",
        "LOCALHOST"
      })
  void aHostThatClientsSendIsTakenAsItIs(String host) {
    RawClient.Reply reply =
        client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n" + CLOSE + "\r\n");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(LAST.get().orElseThrow().head().header("Host")).contains(host);
  }

  @Test
  void aBodyOfOneMebibyteIsRead() {
    byte[] request = post(Endpoint.MAX_BODY);

    assertThat(client.send(request).status()).isEqualTo(200);
    assertThat(LAST.get().orElseThrow().body()).hasSize(Endpoint.MAX_BODY);
  }

  @Test
  void aLargerBodyIsRefusedBeforeItIsRead() {
    RawClient.Reply reply =
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\nabc");

    assertRefused(reply, 413);
  }

  @Test
  void aLargerBodyInChunksIsRefusedOnceItIsTooLarge() {
    String chunk = "10000\r\n" + "a".repeat(0x10000) + "\r\n";

    RawClient.Reply reply =
        client.send(
            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(17)
                + "0\r\n\r\n");

    assertRefused(reply, 413);
  }

  @Test
  void aConnectionIsKeptForTheNextRequest() {
    RawClient.Reply replies =
        client.send(
            "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /teapot HTTP/1.1\r\nHost: h\r\n"
                + CLOSE
                + "\r\n");

    assertThat(replies.text()).startsWith("HTTP/1.1 200").contains("HTTP/1.1 418");
  }

  @Test
  void plainHttpIsNotSpoken() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("localhost", endpoint.port()));
      socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      socket.getOutputStream().write(get("/").getBytes(StandardCharsets.US_ASCII));
      String reply =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

      assertThat(reply).doesNotContain("answer");
    }
  }

  @Test
  void aPortThatIsTakenIsNamed(@TempDir Path directory)
      throws IOException, GeneralSecurityException {
    KeyStore keys = TestTls.in(directory).settings().keys();
    EndpointSettings taken =
        new EndpointSettings(
            new InetSocketAddress("localhost", endpoint.port()),
            keys,
            "of no use elsewhere".toCharArray());

    assertThatThrownBy(() -> Endpoint.start(taken, new Echo()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on localhost")
        .hasMessageContaining(Integer.toString(endpoint.port()));
  }

  private static void assertRefused(RawClient.Reply reply, int status) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertCompletes(reply);
    assertThat(reply.body()).isEqualTo("refused " + id(reply) + " " + status);
  }

  /// Every answer has a time by which clients set their clocks, and the id under which the log has
  /// it.
  private static void assertCompletes(RawClient.Reply reply) {
    assertThat(id(reply)).hasSize(36);
    assertThat(reply.header("Content-Length")).isPresent();
    assertThat(
            ZonedDateTime.parse(
                reply.header("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME))
        .isCloseTo(
            ZonedDateTime.now(ZoneOffset.UTC),
            new TemporalUnitWithinOffset(60, ChronoUnit.SECONDS));
  }

  private static String id(RawClient.Reply reply) {
    return reply.header("x-amzn-RequestId").orElse("");
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + CLOSE + "\r\n";
  }

  private static byte[] post(int length) {
    return ("POST / HTTP/1.1\r\nHost: h\r\n"
            + CLOSE
            + "Content-Length: "
            + length
            + "\r\n\r\n"
            + "a".repeat(length))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// Says what it was asked.
  private static final class Echo implements Service {
    @Override
    public Answer answer(Request request) {
      LAST.set(Optional.of(request));
      return switch (request.head().path()) {
        case "/teapot" ->
            new Answer(418, "text/plain", new byte[0], Map.of("X-More", "yes"), "teapot");
        case "/bug" -> throw new IllegalStateException("the reason");
        default -> text(200, "answer " + request.id());
      };
    }

    @Override
    public Answer refuse(RequestId id, int status) {
      return text(status, "refused " + id + " " + status);
    }

    private static Answer text(int status, String text) {
      return new Answer(
          status, "text/plain", text.getBytes(StandardCharsets.UTF_8), Map.of(), "echo");
    }
  }
}
