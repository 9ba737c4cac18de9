package org.diskferry.access.signing;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The hosts that a client may have signed which sent this one: clients differ in whether they name
/// the port that their scheme stands for, and proxies add it and take it away. A port says nothing
/// of what a request is for, so nothing is lost by letting each of them fit.
final class HostForms {
  private static final Pattern PORT = Pattern.compile(":[0-9]+$");

  private HostForms() {}

  /// As sent, in lower case, without its port, and with the port that it stands for.
  static Set<String> of(RequestHead head) {
    String sent = head.header("Host").orElse("");
    String host = sent.toLowerCase(Locale.ROOT);
    String bare = PORT.matcher(host).replaceFirst("");
    Set<String> hosts = new LinkedHashSet<>();
    hosts.add(sent);
    hosts.add(host);
    hosts.add(bare);
    if (bare.equals(host)) {
      hosts.add(host + ":443");
      hosts.add(host + ":80");
    }
    return hosts;
  }
}
