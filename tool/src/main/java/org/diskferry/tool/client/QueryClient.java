package org.diskferry.tool.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.Percent;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signer;

/// Calls the query API, signing by Signature Version 4. Nothing is retried: making a job twice
/// would be worse than asking again.
public final class QueryClient {
  private static final String SERVICE = "IngestionService";
  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
  private static final String VERSION = "2010-06-01";
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// A manifest is checked against buckets of a store that may be slow.
  private static final Duration WHOLE_CALL = Duration.ofSeconds(60);

  private final Settings settings;
  private final InstantSource clock;
  private final V4Signer signer;
  private final HttpClient http;

  /// For one endpoint and user.
  public QueryClient(Settings settings, InstantSource clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.signer = new V4Signer(settings.credentials(), settings.region(), SERVICE);
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    if (settings.trusted() != null) {
      builder.sslContext(Trust.in(settings.trusted()));
    }
    this.http = builder.build();
  }

  /// Asks for `action` with its parameters.
  ///
  /// @throws IOException when the service could not be reached or did not understand
  public Answer call(String action, Map<String, String> parameters)
      throws ServiceException, IOException {
    byte[] body = form(action, parameters).getBytes(StandardCharsets.US_ASCII);
    try {
      HttpResponse<byte[]> response = http.send(request(body), BodyHandlers.ofByteArray());
      return Answer.read(action, response.statusCode(), response.body());
    } catch (IOException e) {
      throw new IOException(settings.endpoint() + ": " + explain(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + settings.endpoint(), e);
    }
  }

  private static String explain(IOException e) {
    String message = e.getMessage();
    return message == null ? "cannot be reached (" + e.getClass().getSimpleName() + ")" : message;
  }

  private static String form(String action, Map<String, String> parameters) {
    String pairs =
        parameters.entrySet().stream()
            .map(p -> "&" + Percent.encode(p.getKey()) + "=" + Percent.encode(p.getValue()))
            .collect(Collectors.joining());
    return "Action=" + action + "&Version=" + VERSION + pairs;
  }

  private HttpRequest request(byte[] body) {
    URI endpoint = settings.endpoint();
    String path = endpoint.getRawPath();
    RequestHead head =
        new RequestHead(
            "POST",
            path == null ? "" : path,
            "",
            List.of(new Header("Host", host(endpoint)), new Header("Content-Type", FORM)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(WHOLE_CALL)
            .header("Content-Type", FORM)
            .POST(BodyPublishers.ofByteArray(body));
    signer
        .sign(head, PayloadHash.of(body), clock.instant())
        .headers()
        .forEach(header -> request.header(header.name(), header.value()));
    return request.build();
  }

  // As the HTTP client writes it: with the port only where the address has one.
  private static String host(URI endpoint) {
    return endpoint.getPort() < 0
        ? endpoint.getHost()
        : endpoint.getHost() + ":" + endpoint.getPort();
  }
}
