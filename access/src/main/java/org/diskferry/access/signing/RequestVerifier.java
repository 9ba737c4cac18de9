package org.diskferry.access.signing;

import java.time.InstantSource;
import java.util.Set;
import org.diskferry.access.KeyRing;
import org.diskferry.access.signing.Verification.Refused;

/// Verifies a query request whichever way it is signed: Version 4 in the header or the query,
/// Version 2 among the parameters.
public final class RequestVerifier {
  private final V4Verifier v4;
  private final V2Verifier v2;

  /// @param services names that a Version 4 scope may carry
  public RequestVerifier(KeyRing keys, InstantSource clock, Set<String> services) {
    this.v4 = new V4Verifier(keys, clock, services);
    this.v2 = new V2Verifier(keys, clock);
  }

  /// Verifies a request.
  ///
  /// @param body as received; empty for GET
  /// @param parameters of query string and body together
  public Verification verify(RequestHead head, byte[] body, FormParameters parameters) {
    if (v4.isFor(head)) {
      return v4.verify(head, body);
    }
    if (v2.isFor(parameters)) {
      return v2.verify(head, parameters);
    }
    if (head.header("Authorization").isPresent()
        || head.header("X-Amzn-Authorization").isPresent()) {
      return new Refused(
          Refusal.UNSUPPORTED_VERSION,
          "this kind of authorization is not supported; sign with Signature Version 2 or Version 4");
    }
    return new Refused(
        Refusal.MISSING, "the request is not signed; sign with Signature Version 2 or Version 4");
  }
}
