package org.diskferry.access.signing;

import org.diskferry.access.Principal;

/// What verifying a request came to.
public sealed interface Verification {

  /// The signature is right.
  ///
  /// @param principal who sent the request
  /// @param payload what the signature says of the body; whoever reads the body must hold it to
  ///   that
  record Verified(Principal principal, Payload payload) implements Verification {}

  /// The request proves nothing.
  ///
  /// @param refusal which kind
  /// @param detail for the client: what is wrong and what was expected; holds no secret
  record Refused(Refusal refusal, String detail) implements Verification {}
}
