package org.diskferry.app.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.diskferry.store.BucketName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a store that is not the depot is reached; for every verb that can use one.
public final class StoreOptions {
  private static final String PROFILE = "AWS_PROFILE";
  private static final String REGION = "us-east-1";

  @Option(
      names = "--store-credentials",
      paramLabel = "FILE",
      description = "shared credentials file of the store's key (default: as the environment says)")
  private @Nullable Path credentials;

  @Option(
      names = "--store-profile",
      paramLabel = "NAME",
      description = "section of that file (default: AWS_PROFILE, else default)")
  private @Nullable String profile;

  @Option(
      names = "--store-region",
      paramLabel = "REGION",
      description = "to sign for until a bucket is found elsewhere (default: ${DEFAULT-VALUE})")
  private String region = REGION;

  @Option(
      names = "--store-ca",
      paramLabel = "FILE",
      description = "PEM of who signs for the store's certificate (default: the platform's list)")
  private @Nullable Path authorities;

  @Option(
      names = "--store-style",
      paramLabel = "path|virtual|auto",
      description = "where buckets stand in addresses (default: ${DEFAULT-VALUE})")
  private String style = "auto";

  /// The store at this address.
  ///
  /// @param scratch a bucket to try things in; null for one of its own
  /// @throws IllegalArgumentException if an option is none
  public StoreChoice.Elsewhere at(URI address, @Nullable BucketName scratch) {
    Map<String, String> environment = System.getenv();
    String section = profile == null ? environment.getOrDefault(PROFILE, "default") : profile;
    return new StoreChoice.Elsewhere(
        address, credentials, section, region, authorities, parse(style), scratch);
  }

  private static StoreChoice.Style parse(String typed) {
    try {
      return StoreChoice.Style.valueOf(typed.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--store-style is path, virtual or auto, not " + typed, e);
    }
  }
}
