package org.diskferry.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "http://Store.Test, store.test, 80, store.test",
    "https://store.test/, store.test, 443, store.test",
    "HTTPS://store.test:8444, store.test, 8444, store.test:8444",
    "http://store.test:443, store.test, 443, store.test:443",
    "http://[::1]:9000, ::1, 9000, [::1]:9000"
  })
  void anAddressHasHostAndPort(URI address, String host, int port, String authority) {
    Origin origin = Origin.of(address);
    assertThat(origin.host()).isEqualTo(host);
    assertThat(origin.port()).isEqualTo(port);
    assertThat(origin.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://store.test", "store.test", "http:///bucket", "//store.test"})
  void whatIsNotAnAddressOfAStoreIsRefused(URI address) {
    assertThatThrownBy(() -> Origin.of(address)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherHostKeepsSchemeAndPort() {
    assertThat(Origin.of(URI.create("https://a.test:1")).at("B.test"))
        .hasToString("https://b.test:1");
  }
}
