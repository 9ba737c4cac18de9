package org.diskferry.depot.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {
  private final HostNames names =
      new HostNames(List.of("store.example", "s3.store.example", "localhost", "127.0.0.1", "::1"));

  @ParameterizedTest
  @CsvSource({
    "archive.store.example, archive",
    "archive.store.example:8444, archive",
    "archive.store.example:, archive",
    "archive.store.example., archive",
    "ARCHIVE.Store.Example:443, archive",
    "archive.of.2010.store.example, archive.of.2010",
    "archive.s3.store.example, archive",
    "archive.localhost:8444, archive",
    "_.store.example, _"
  })
  void whatStandsBeforeAKnownNameIsABucket(String host, String bucket) {
    assertThat(names.bucket(host)).isEqualTo(bucket);
  }

  @ParameterizedTest
  @CsvSource({
    "store.example",
    "s3.store.example:8444",
    "localhost:8444",
    "127.0.0.1:8444",
    "10.1.127.0.0",
    "[::1]:8444",
    "archive.elsewhere.example",
    "notstore.example",
    ".store.example",
    "''"
  })
  void anyOtherHostLeavesTheBucketToThePath(String host) {
    assertThat(names.bucket(host)).isEmpty();
  }
}
