package org.diskferry.tool.client;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.diskferry.access.Credentials;
import org.jspecify.annotations.Nullable;

/// Where the service is and who asks.
///
/// @param endpoint `https://host:port`
/// @param region that requests are signed for
/// @param credentials of the user
/// @param trusted certificates in PEM that the endpoint's is checked against; null for the
///   platform's
public record Settings(
    URI endpoint, String region, Credentials credentials, @Nullable Path trusted) {
  private static final String DEFAULT_REGION = "us-east-1";

  /// From the options of a command line (null where not given) and the environment's variables,
  /// which are those of the old command line clients.
  ///
  /// @throws IOException with what is missing and how to give it
  static Settings of(
      @Nullable URI endpoint,
      @Nullable Path credentialsFile,
      @Nullable Path trusted,
      Map<String, String> environment)
      throws IOException {
    String place = environment.get("AWS_ENDPOINT_URL_IMPORTEXPORT");
    if (endpoint == null && place == null) {
      throw new IOException(
          "no endpoint: give --endpoint URL or set AWS_ENDPOINT_URL_IMPORTEXPORT");
    }
    String bundle = environment.get("AWS_CA_BUNDLE");
    return new Settings(
        endpoint != null ? endpoint : URI.create(place),
        environment.getOrDefault("AWS_DEFAULT_REGION", DEFAULT_REGION),
        credentialsFile != null ? fromFile(credentialsFile) : fromEnvironment(environment),
        trusted != null || bundle == null ? trusted : Path.of(bundle));
  }

  // The old tool's file (accessKeyId, secretKey) and the old SDK's (accessKey, secretKey).
  private static Credentials fromFile(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Optional<String> id =
        Optional.ofNullable(properties.getProperty("accessKeyId"))
            .or(() -> Optional.ofNullable(properties.getProperty("accessKey")));
    String secret = properties.getProperty("secretKey");
    if (id.isEmpty() || secret == null) {
      throw new IOException(file + ": needs the lines accessKeyId:… and secretKey:…");
    }
    return Credentials.of(id.get().strip(), secret.strip());
  }

  private static Credentials fromEnvironment(Map<String, String> environment) throws IOException {
    String id = environment.get("AWS_ACCESS_KEY_ID");
    String secret = environment.get("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      throw new IOException(
          "no credentials: give --credentials FILE or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
    return Credentials.of(id, secret);
  }
}
