package org.diskferry.app.service;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How clients reach the service, where that is another way than `localhost` and its ports: by a
/// name of this machine, or through a proxy in front of it.
///
/// @param jobs of the query API; null for `localhost`
/// @param objects of the depot; null for `localhost`
/// @param authorities PEM of who signs for the proxy's certificate; null where it is the service's
///   own that clients see
public record PublicAddresses(
    @Nullable URI jobs, @Nullable URI objects, @Nullable Path authorities) {
  /// Nobody is in front.
  public static final PublicAddresses NONE = new PublicAddresses(null, null, null);

  /// Checks the form.
  public PublicAddresses {
    check("--jobs-url", jobs);
    check("--objects-url", objects);
  }

  private static void check(String option, @Nullable URI address) {
    if (address != null
        && (!"https".equals(address.getScheme())
            || address.getHost() == null
            || !address.toString().equals("https://" + address.getAuthority()))) {
      throw new IllegalArgumentException(
          option + " is https://host or https://host:port, nothing behind it: " + address);
    }
  }

  /// The names in them, for the certificate.
  List<String> hosts() {
    return Stream.of(jobs, objects).filter(Objects::nonNull).map(URI::getHost).distinct().toList();
  }
}
