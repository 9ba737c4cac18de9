package org.diskferry.app.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Credentials that a container is given at an address of its host, which its environment names.
final class ContainerCredentials implements Fetch {
  private static final String RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
  private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
  private static final String HOST = "169.254.170.2";
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int OK = 200;

  /// The hosts of containers' agents; over plain http the token goes nowhere else.
  private static final List<String> AGENTS =
      List.of(HOST, "169.254.170.23", "fd00:ec2::23", "[fd00:ec2::23]");

  private final URI address;
  private final Map<String, String> environment;

  private ContainerCredentials(URI address, Map<String, String> environment) {
    this.address = address;
    this.environment = environment;
  }

  /// Empty where the environment names no such address.
  ///
  /// @throws IOException if it names one that a token must not be sent to
  static Optional<Fetch> of(Map<String, String> environment) throws IOException {
    if (environment.containsKey(RELATIVE)) {
      URI address = URI.create("http://" + HOST + environment.get(RELATIVE));
      return Optional.of(new ContainerCredentials(address, environment));
    }
    if (!environment.containsKey(FULL)) {
      return Optional.empty();
    }
    URI address = URI.create(environment.get(FULL));
    String host = String.valueOf(address.getHost());
    boolean near = AGENTS.contains(host) || InetAddress.getByName(host).isLoopbackAddress();
    if (!"https".equals(address.getScheme()) && !near) {
      throw new IOException(FULL + ": " + host + " is not on this machine, and not https");
    }
    return Optional.of(new ContainerCredentials(address, environment));
  }

  @Override
  public Fetched fetch() throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(LONGEST);
    String token = token();
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new IOException(address + " answered " + answer.statusCode());
      }
      return CredentialsText.read(answer.body(), address.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(address + ": interrupted", e);
    }
  }

  /// The file is read each time: its content is renewed by the host.
  private String token() throws IOException {
    String file = environment.get(TOKEN_FILE);
    return file == null
        ? environment.getOrDefault(TOKEN, "")
        : Files.readString(Path.of(file)).strip();
  }
}
