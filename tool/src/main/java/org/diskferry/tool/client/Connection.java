package org.diskferry.tool.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that every command has that talks to the service.
public final class Connection {
  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "the service (default: AWS_ENDPOINT_URL_IMPORTEXPORT)")
  private @Nullable URI endpoint;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "lines accessKeyId:… and secretKey:… (default: the AWS_… variables)")
  private @Nullable Path credentials;

  @Option(
      names = "--ca-bundle",
      paramLabel = "FILE",
      description = "certificates to trust, PEM (default: AWS_CA_BUNDLE, else the platform's)")
  private @Nullable Path trusted;

  /// A client with these options and the environment's variables.
  public QueryClient open() throws IOException {
    return new QueryClient(
        Settings.of(endpoint, credentials, trusted, System.getenv()), InstantSource.system());
  }
}
