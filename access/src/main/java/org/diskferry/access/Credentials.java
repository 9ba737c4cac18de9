package org.diskferry.access;

import java.util.Optional;

/// What a client signs with.
///
/// @param id the public half
/// @param secret the secret half
/// @param sessionToken of temporary credentials, empty for lasting ones
public record Credentials(AccessKeyId id, SecretKey secret, String sessionToken) {

  /// Lasting credentials.
  public static Credentials of(String id, String secret) {
    return new Credentials(new AccessKeyId(id), SecretKey.of(secret), "");
  }

  /// The session token, where there is one.
  public Optional<String> token() {
    return sessionToken.isEmpty() ? Optional.empty() : Optional.of(sessionToken);
  }
}
