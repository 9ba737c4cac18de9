package org.diskferry.store.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Where the addresses of hosts come from.
@FunctionalInterface
public interface Resolver {

  /// At least one address.
  List<InetAddress> addresses(String host) throws UnknownHostException;

  /// What the system says.
  static Resolver ofSystem() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
