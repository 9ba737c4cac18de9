package org.diskferry.app.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.diskferry.store.BucketName;
import org.diskferry.store.s3.AddressStyle;
import org.jspecify.annotations.Nullable;

/// Where the objects go.
public sealed interface StoreChoice {

  /// Into the embedded depot.
  record Embedded() implements StoreChoice {}

  /// Into a store that is there already.
  ///
  /// @param address `https://host:port`
  /// @param credentials a shared credentials file; null for what the environment says
  /// @param profile section of that file
  /// @param region to sign for until a bucket turns out to be elsewhere
  /// @param authorities PEM of who signs for its certificate; null for those of the platform
  /// @param style where buckets stand in addresses
  /// @param scratch a bucket to try things in; null for one of its own, made and dropped
  record Elsewhere(
      URI address,
      @Nullable Path credentials,
      String profile,
      String region,
      @Nullable Path authorities,
      Style style,
      @Nullable BucketName scratch)
      implements StoreChoice {

    /// The same with other authorities.
    public Elsewhere trusting(Path other) {
      return new Elsewhere(address, credentials, profile, region, other, style, scratch);
    }
  }

  /// What the operator knows of addresses.
  enum Style {
    /// In the path.
    PATH,
    /// In the host.
    VIRTUAL,
    /// To be found out: the path, and where the store does not take that, the host.
    AUTO;

    List<AddressStyle> candidates() {
      return switch (this) {
        case PATH -> List.of(AddressStyle.PATH);
        case VIRTUAL -> List.of(AddressStyle.VIRTUAL_HOST);
        case AUTO -> List.of(AddressStyle.PATH, AddressStyle.VIRTUAL_HOST);
      };
    }
  }
}
