package org.diskferry.app;

import java.net.URI;
import java.nio.file.Path;
import org.diskferry.app.service.PublicAddresses;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What clients are told of the way to the service.
final class PublicOptions {
  @Option(
      names = "--jobs-url",
      paramLabel = "URL",
      description = "where clients reach the query API, if not at localhost: a name, a proxy")
  private @Nullable URI jobs;

  @Option(
      names = "--objects-url",
      paramLabel = "URL",
      description = "where clients reach the depot, buckets in its host included (bucket.HOST)")
  private @Nullable URI objects;

  @Option(
      names = "--proxy-ca",
      paramLabel = "FILE",
      description = "PEM of who signs for the proxy's certificate (default: none, it is ours)")
  private @Nullable Path authorities;

  PublicAddresses addresses() {
    return new PublicAddresses(jobs, objects, authorities);
  }
}
