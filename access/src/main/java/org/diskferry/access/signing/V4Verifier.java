package org.diskferry.access.signing;

import static org.diskferry.access.signing.Refusal.BAD_SIGNATURE;
import static org.diskferry.access.signing.Refusal.EXPIRED;
import static org.diskferry.access.signing.Refusal.HEADERS_NOT_SIGNED;
import static org.diskferry.access.signing.Refusal.MALFORMED;
import static org.diskferry.access.signing.Refusal.MISSING;
import static org.diskferry.access.signing.Refusal.SKEWED;
import static org.diskferry.access.signing.Refusal.UNKNOWN_KEY;
import static org.diskferry.access.signing.Refusal.WRONG_SCOPE;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.diskferry.access.KeyRing;
import org.diskferry.access.KeyRing.Holder;
import org.diskferry.access.signing.Verification.Verified;

/// Verifies Signature Version 4, in the `Authorization` header and presigned in the query. The
/// region of the scope is the client's business and is not pinned; the service is the server's.
///
/// A session token is part of what is signed and is otherwise not looked at: keys are found by
/// their id alone.
public final class V4Verifier {
  /// How far clocks may differ.
  public static final Duration SKEW = Duration.ofMinutes(15);

  private static final String BODY_HASH = "x-amz-content-sha256";

  private final KeyRing keys;
  private final InstantSource clock;
  private final Set<String> services;

  /// @param services names that scopes may carry: `s3`, `IngestionService` …
  public V4Verifier(KeyRing keys, InstantSource clock, Set<String> services) {
    this.keys = keys;
    this.clock = clock;
    this.services = Set.copyOf(services);
  }

  /// Whether a request carries a Signature V4 at all, right or wrong.
  public boolean isFor(RequestHead head) {
    return V4ClaimReader.isHeaderForm(head) || V4ClaimReader.isPresigned(head);
  }

  /// Verifies a request whose body is at hand; the signature must cover it.
  public Verification verify(RequestHead head, byte[] body) {
    PayloadHash hash = PayloadHash.of(body);
    return verify(head, claim -> hash, new Payload.Covered());
  }

  /// Verifies a request whose body is still to come: `x-amz-content-sha256` says how it is covered,
  /// and the answer carries what it must be held to.
  public Verification verify(RequestHead head) {
    return verify(head, claim -> declaredHash(head, claim), new Payload.Unsigned());
  }

  private Verification verify(RequestHead head, HashRule rule, Payload whole) {
    if (!isFor(head)) {
      return new Verification.Refused(MISSING, "the request is not signed");
    }
    try {
      V4Claim claim = V4ClaimReader.read(head);
      checkScope(claim);
      checkTime(claim);
      PayloadHash hash = rule.hash(claim);
      Holder holder =
          keys.find(claim.key())
              .orElseThrow(() -> new NotVerified(UNKNOWN_KEY, "no such access key"));
      checkHeaders(head, claim);
      byte[] key = claim.scope().key(holder.secret());
      checkSignature(head, claim, hash, key);
      Payload payload = whole instanceof Payload.Covered ? whole : payload(claim, hash, key);
      return new Verified(holder.principal(), payload);
    } catch (NotVerified e) {
      return e.refused();
    }
  }

  private void checkScope(V4Claim claim) throws NotVerified {
    if (!services.contains(claim.scope().service())) {
      throw new NotVerified(
          WRONG_SCOPE,
          "the credential's scope must name the service "
              + String.join(" or ", new TreeSet<>(services)));
    }
    if (!claim.scope().day().equals(SigningTime.of(claim.at()).day())) {
      throw new NotVerified(
          WRONG_SCOPE, "the day of the credential's scope is not the day of the request");
    }
  }

  private void checkTime(V4Claim claim) throws NotVerified {
    Instant now = clock.instant();
    boolean early = claim.at().isAfter(now.plus(SKEW));
    boolean late = claim.at().isBefore(now.minus(SKEW));
    if (early || (late && !claim.isPresigned())) {
      throw new NotVerified(
          SKEWED,
          "the request is of %s, the server's time is %s; they may differ by %d minutes"
              .formatted(claim.at(), now, SKEW.toMinutes()));
    }
    Instant end = claim.at().plus(claim.validFor());
    if (claim.isPresigned() && end.isBefore(now)) {
      throw new NotVerified(
          EXPIRED, "the request was valid until %s, it is %s now".formatted(end, now));
    }
  }

  /// What is not signed may have been added on the way: no header that steers an object store may
  /// be.
  private static void checkHeaders(RequestHead head, V4Claim claim) throws NotVerified {
    if (!claim.scope().service().equals("s3")) {
      return;
    }
    for (Header header : head.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-")
          && !name.equals(BODY_HASH)
          && !claim.signedHeaders().contains(name)) {
        throw new NotVerified(HEADERS_NOT_SIGNED, "the header " + name + " must be signed");
      }
    }
  }

  private static PayloadHash declaredHash(RequestHead head, V4Claim claim) throws NotVerified {
    String declared = head.header(BODY_HASH).orElse("");
    if (declared.isEmpty() && claim.isPresigned()) {
      return PayloadHash.UNSIGNED;
    }
    PayloadHash hash = new PayloadHash(declared);
    if (!hash.isHash()
        && !Set.of(
                PayloadHash.UNSIGNED,
                PayloadHash.CHUNKED,
                PayloadHash.CHUNKED_TRAILER,
                PayloadHash.UNSIGNED_TRAILER)
            .contains(hash)) {
      throw new NotVerified(
          MALFORMED,
          BODY_HASH + " must be the SHA-256 of the body, UNSIGNED-PAYLOAD or a STREAMING word");
    }
    return hash;
  }

  private static Payload payload(V4Claim claim, PayloadHash hash, byte[] key) {
    if (hash.isHash()) {
      return new Payload.Hashed(hash.value());
    }
    if (hash.equals(PayloadHash.UNSIGNED)) {
      return new Payload.Unsigned();
    }
    if (hash.equals(PayloadHash.UNSIGNED_TRAILER)) {
      return new Payload.UnsignedChunks();
    }
    ChunkChain chain = new ChunkChain(key, context(claim), claim.signature());
    return new Payload.Chunked(chain, hash.equals(PayloadHash.CHUNKED_TRAILER));
  }

  private static void checkSignature(RequestHead head, V4Claim claim, PayloadHash hash, byte[] key)
      throws NotVerified {
    String context = context(claim);
    for (String host : HostForms.of(head)) {
      RequestHead signed = head.withHost(host);
      for (String path : paths(head, claim.scope())) {
        for (String query : queries(head)) {
          String text = CanonicalRequest.text(signed, path, query, claim.signedHeaders(), hash);
          if (Hmac.same(signature(text, context, key), claim.signature())) {
            return;
          }
        }
      }
    }
    throw new NotVerified(
        BAD_SIGNATURE,
        "the signature is not the one that the secret key gives; check the secret key, and that"
            + " nothing on the way changes Host, the path, the query, the body or the signed headers");
  }

  static String signature(String canonicalRequest, String context, byte[] key) {
    String text =
        V4ClaimReader.ALGORITHM + "\n" + context + "\n" + Hmac.sha256Hex(canonicalRequest);
    return HexFormat.of().formatHex(Hmac.SHA256.of(key, text));
  }

  /// @param time `20261121T075505Z`
  static String context(String time, Scope scope) {
    return time + "\n" + scope;
  }

  private static String context(V4Claim claim) {
    return context(SigningTime.of(claim.at()).text(), claim.scope());
  }

  /// As it was sent first; then as a client may have signed that sent another encoding of it.
  private static Set<String> paths(RequestHead head, Scope scope) {
    Set<String> paths = new LinkedHashSet<>();
    if (scope.signsPathsAsSent()) {
      paths.add(head.path());
      paths.add(Percent.canonicalPath(head.path()));
    } else {
      paths.add(CanonicalRequest.encodedAgain(head.path()));
    }
    return paths;
  }

  private static Set<String> queries(RequestHead head) {
    return new LinkedHashSet<>(
        List.of(
            CanonicalRequest.sortedQuery(head.query()),
            CanonicalRequest.encodedQuery(head.query())));
  }

  /// How the hash that stands for the body is found.
  private interface HashRule {
    PayloadHash hash(V4Claim claim) throws NotVerified;
  }
}
