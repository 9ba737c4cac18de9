package org.diskferry.app.store;

import java.net.URI;
import org.diskferry.store.BucketName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `--store`, for the verbs that start the service.
public final class ServiceStoreOptions {
  @Option(
      names = "--store",
      paramLabel = "URL",
      description = "your own object store, https://…, instead of the embedded depot")
  private @Nullable URI address;

  @Option(
      names = "--store-bucket",
      paramLabel = "NAME",
      description = "where the store is tried out at start (default: a bucket made and dropped)")
  private @Nullable String scratch;

  @Mixin private StoreOptions options = new StoreOptions();

  /// What was chosen.
  public StoreChoice choice() {
    return address == null
        ? new StoreChoice.Embedded()
        : options.at(address, scratch == null ? null : new BucketName(scratch));
  }
}
