package org.diskferry.access.signing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.diskferry.access.AccessKeyId;
import org.diskferry.access.AccountId;
import org.diskferry.access.Credentials;
import org.diskferry.access.KeyRing;
import org.diskferry.access.Principal;

/// Keys of published examples, and the time at which the vectors were signed.
final class TestKeys {
  static final Credentials EXAMPLE =
      Credentials.of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  static final Instant AT = Instant.parse("2026-11-21T07:55:05Z");

  private TestKeys() {}

  static KeyRing ring(Credentials... known) {
    return key ->
        List.of(known).stream()
            .filter(c -> c.id().equals(key))
            .findFirst()
            .map(c -> new KeyRing.Holder(c.secret(), principal(key)));
  }

  static Principal principal(AccessKeyId key) {
    return new Principal(new AccountId("123456789012"), "jane", key, (action, resource) -> true);
  }

  static InstantSource at(Instant instant) {
    return InstantSource.fixed(instant);
  }

  static Optional<String> header(List<Header> headers, String name) {
    return headers.stream()
        .filter(h -> h.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }
}
