package org.diskferry.store.s3;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signer;

/// Signs calls with the credentials of the moment, by the store's clock.
final class Signatures {
  /// Sessions come and go, regions are few: past this the signers are made again.
  private static final int MOST_SIGNERS = 64;

  private final CredentialsSource source;
  private final InstantSource clock;
  private final Map<Signer, V4Signer> signers = new ConcurrentHashMap<>();
  private volatile Duration ahead = Duration.ZERO;

  private record Signer(Credentials credentials, String region) {}

  Signatures(CredentialsSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  Credentials credentials() throws IOException {
    return source.current();
  }

  void renew(Credentials expired) throws IOException {
    source.renewed(expired);
  }

  /// The store's clock shows this now.
  void learnTime(Instant theirs) {
    ahead = Duration.between(clock.instant(), theirs);
  }

  Instant now() {
    return clock.instant();
  }

  /// All headers of a call, the signature among them.
  List<Header> sign(Call call, Place place, Credentials credentials) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", place.origin().authority()));
    headers.addAll(call.headers());
    headers.addAll(call.seal().headers());
    RequestHead head =
        new RequestHead(
            call.method(), place.path(call.bucket(), call.key()), call.query(), headers);
    V4Signer signer = signer(new Signer(credentials, place.region()));
    headers.addAll(signer.sign(head, call.seal().hash(), clock.instant().plus(ahead)).headers());
    return headers;
  }

  private V4Signer signer(Signer wanted) {
    if (signers.size() >= MOST_SIGNERS) {
      signers.clear();
    }
    return signers.computeIfAbsent(
        wanted, _ -> new V4Signer(wanted.credentials(), wanted.region(), "s3"));
  }
}
