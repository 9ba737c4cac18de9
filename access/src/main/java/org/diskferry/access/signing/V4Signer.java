package org.diskferry.access.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.diskferry.access.Credentials;

/// Signs requests by Signature Version 4, for one pair of keys, one region and one service. May be
/// used by many threads. The service `s3` signs paths as they are sent and carries
/// `x-amz-content-sha256`; any other signs the path encoded a second time.
public final class V4Signer {
  private static final String BODY_HASH = "x-amz-content-sha256";

  private final Credentials credentials;
  private final String region;
  private final String service;
  private final AtomicReference<DayKey> today;
  private final AtomicReference<SigningTime> now;

  /// For one region (`us-east-1`) and one service (`s3`, `IngestionService`).
  public V4Signer(Credentials credentials, String region, String service) {
    this.credentials = credentials;
    this.region = region;
    this.service = service;
    this.today = new AtomicReference<>(new DayKey("", new byte[0]));
    this.now = new AtomicReference<>(SigningTime.of(Instant.EPOCH));
  }

  /// Signs a request. Every header that it has is signed, so it must hold `Host` and only what
  /// nothing on the way will touch.
  ///
  /// @param head as it will be sent: path and query percent-encoded (see [Percent])
  /// @param body the hash of the body, or the word that stands for it
  /// @param at the time of the request
  public V4Signature sign(RequestHead head, PayloadHash body, Instant at) {
    SigningTime time = time(at);
    Scope scope = new Scope(time.day(), region, service);
    List<Header> added = new ArrayList<>();
    added.add(new Header("X-Amz-Date", time.text()));
    if (service.equals("s3")) {
      added.add(new Header(BODY_HASH, body.value()));
    }
    credentials.token().ifPresent(t -> added.add(new Header("X-Amz-Security-Token", t)));
    List<Header> all = new ArrayList<>(head.headers());
    all.addAll(added);
    RequestHead whole = new RequestHead(head.method(), head.path(), head.query(), all);
    List<String> signed = CanonicalRequest.namesOf(all);
    byte[] key = key(scope);
    String context = V4Verifier.context(time.text(), scope);
    String signature = signature(whole, head.query(), signed, body, context, scope, key);
    added.add(new Header("Authorization", authorization(scope, signed, signature)));
    return new V4Signature(added, new ChunkChain(key, context, signature));
  }

  /// The query that makes a request good for anybody who holds it, for a while. The body of such a
  /// request is not covered where the service is `s3`, and must be empty elsewhere.
  ///
  /// @param head as it will be sent, with `Host` and whatever else the sender must send alike
  /// @param validFor one second to seven days
  public String presign(RequestHead head, Duration validFor, Instant at) {
    SigningTime time = time(at);
    Scope scope = new Scope(time.day(), region, service);
    List<String> signed = CanonicalRequest.namesOf(head.headers());
    StringBuilder query = new StringBuilder(head.query());
    append(query, "X-Amz-Algorithm", V4ClaimReader.ALGORITHM);
    append(query, "X-Amz-Credential", credentials.id() + "/" + scope);
    append(query, "X-Amz-Date", time.text());
    append(query, "X-Amz-Expires", Long.toString(validFor.toSeconds()));
    append(query, "X-Amz-SignedHeaders", String.join(";", signed));
    credentials.token().ifPresent(t -> append(query, "X-Amz-Security-Token", t));
    PayloadHash body = service.equals("s3") ? PayloadHash.UNSIGNED : PayloadHash.EMPTY;
    String context = V4Verifier.context(time.text(), scope);
    String signature = signature(head, query.toString(), signed, body, context, scope, key(scope));
    append(query, CanonicalRequest.SIGNATURE_PARAMETER, signature);
    return query.toString();
  }

  private String signature(
      RequestHead head,
      String query,
      List<String> signed,
      PayloadHash body,
      String context,
      Scope scope,
      byte[] key) {
    String path =
        scope.signsPathsAsSent() ? head.path() : CanonicalRequest.encodedAgain(head.path());
    String canonical =
        CanonicalRequest.text(head, path, CanonicalRequest.sortedQuery(query), signed, body);
    return V4Verifier.signature(canonical, context, key);
  }

  private String authorization(Scope scope, List<String> signed, String signature) {
    return V4ClaimReader.ALGORITHM
        + " Credential="
        + credentials.id()
        + "/"
        + scope
        + ", SignedHeaders="
        + String.join(";", signed)
        + ", Signature="
        + signature;
  }

  private static void append(StringBuilder query, String name, String value) {
    query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(Percent.encode(value));
  }

  private SigningTime time(Instant at) {
    SigningTime last = now.get();
    if (last.is(at)) {
      return last;
    }
    SigningTime time = SigningTime.of(at);
    now.set(time);
    return time;
  }

  /// Four hashes a request are saved by keeping the key of the day.
  private byte[] key(Scope scope) {
    DayKey known = today.get();
    if (known.day().equals(scope.day())) {
      return known.key();
    }
    byte[] key = scope.key(credentials.secret());
    today.set(new DayKey(scope.day(), key));
    return key;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
  private record DayKey(String day, byte[] key) {}
}
