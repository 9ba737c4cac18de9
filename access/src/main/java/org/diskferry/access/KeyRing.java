package org.diskferry.access;

import java.util.Optional;

/// Where verifiers look keys up.
@FunctionalInterface
public interface KeyRing {

  /// The secret and the owner of a key; empty where no such key exists or it was revoked.
  Optional<Holder> find(AccessKeyId key);

  /// What a key opens.
  ///
  /// @param secret to verify with
  /// @param principal whom a valid signature proves
  record Holder(SecretKey secret, Principal principal) {}
}
