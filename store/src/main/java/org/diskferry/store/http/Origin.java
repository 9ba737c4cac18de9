package org.diskferry.store.http;

import java.net.URI;
import java.util.Locale;

/// Where requests are sent: scheme, host and port.
///
/// @param tls `https` rather than `http`
/// @param host in lower case, without the brackets of an IPv6 address
/// @param port always given
public record Origin(boolean tls, String host, int port) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /// Of an address such as `https://store.example:9000`; what follows the port is not looked at.
  ///
  /// @throws IllegalArgumentException if it is neither http nor https, or has no host
  public static Origin of(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if ((!tls && !scheme.equals("http")) || address.getHost() == null) {
      throw new IllegalArgumentException(
          address + ": an address of a store begins with http:// or https:// and a host");
    }
    int standard = tls ? HTTPS_PORT : HTTP_PORT;
    return new Origin(
        tls, unbracketed(address.getHost()), address.getPort() < 0 ? standard : address.getPort());
  }

  private static String unbracketed(String host) {
    return (host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
        .toLowerCase(Locale.ROOT);
  }

  /// The same scheme and port at another host.
  public Origin at(String otherHost) {
    return new Origin(tls, unbracketed(otherHost), port);
  }

  /// What stands in `Host`: the port only where it is not the scheme's own.
  public String authority() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return port == (tls ? HTTPS_PORT : HTTP_PORT) ? shown : shown + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority();
  }
}
