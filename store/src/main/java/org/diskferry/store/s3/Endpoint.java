package org.diskferry.store.s3;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.diskferry.store.BucketName;
import org.diskferry.store.http.Origin;

/// A store's address, as the operator configured it. Requests are signed for its host and the hosts
/// below it, and for no other, whatever an answer says.
///
/// @param origin scheme, host and port
/// @param style where buckets stand
/// @param region to sign for until a bucket turns out to be elsewhere
public record Endpoint(Origin origin, AddressStyle style, String region) {
  private static final Pattern IN_HOST = Pattern.compile("[a-z0-9][a-z0-9.-]*[a-z0-9]");

  /// An address without a path, such as `https://store.example:9000`.
  ///
  /// @throws IllegalArgumentException if it has a path, a query or no host, or is not http(s)
  public static Endpoint of(URI address, AddressStyle style, String region) {
    String path = String.valueOf(address.getRawPath());
    if (!(path.isEmpty() || path.equals("/") || path.equals("null"))
        || address.getRawQuery() != null
        || address.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          address + ": the address of a store is a host and a port, nothing more");
    }
    return new Endpoint(Origin.of(address), style, region);
  }

  /// Whether a host is the endpoint's own or below it, so that requests may be signed for it.
  boolean covers(String host) {
    String asked = host.toLowerCase(Locale.ROOT);
    return asked.equals(origin.host()) || asked.endsWith("." + origin.host());
  }

  /// Where a bucket is looked for first. One whose name cannot stand in a host stands in the path.
  Place placeOf(BucketName bucket) {
    boolean inHost =
        style == AddressStyle.VIRTUAL_HOST && IN_HOST.matcher(bucket.value()).matches();
    Origin where = inHost ? origin.at(bucket + "." + origin.host()) : origin;
    return new Place(where, inHost, region);
  }
}
