package org.diskferry.server.http;

import java.net.InetSocketAddress;
import java.security.KeyStore;

/// Where an endpoint listens, and what it shows.
///
/// @param address port 0 takes any free one
/// @param keys holds the private key and its certificates
/// @param keyPassword of the private key; the caller's to wipe once the endpoint has started
@SuppressWarnings("ArrayRecordComponent") // a password is no text, and settings are never compared
public record EndpointSettings(InetSocketAddress address, KeyStore keys, char[] keyPassword) {

  @Override
  public String toString() {
    return "EndpointSettings[" + address + "]";
  }
}
