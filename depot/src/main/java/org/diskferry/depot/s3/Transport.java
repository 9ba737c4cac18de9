package org.diskferry.depot.s3;

import java.security.KeyStore;

/// How the endpoint is spoken to.
public sealed interface Transport {

  /// HTTP without encryption: for tests, and behind a proxy on the same machine.
  record Plain() implements Transport {}

  /// HTTPS.
  ///
  /// @param keys one certificate with its chain and key
  /// @param password of the key, not copied
  @SuppressWarnings("ArrayRecordComponent") // a String could not be wiped; never compared
  record Tls(KeyStore keys, char[] password) implements Transport {}
}
