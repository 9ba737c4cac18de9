package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectsTest {
  @TempDir static Path directory;
  private static TestDatabase database;
  private static TestDepot depot;
  private static S3Client owner;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    depot = TestDepot.start(database, directory);
    owner = depot.client(TestDepot.OWNER);
    owner.put("first", "", "");
  }

  @AfterAll
  static void stop() {
    depot.close();
    database.close();
  }

  @Test
  void anObjectComesBackAsItWasStored() throws Exception {
    Reply put =
        owner.put(
            "first",
            "a/b.txt",
            "hello",
            "Content-Type: text/plain;charset=UTF-8",
            "Cache-Control: max-age=60",
            "Content-Disposition: attachment; filename=\"b.txt\"",
            "Content-Language: de",
            "Expires: Thu, 01 Dec 2033 16:00:00 GMT",
            "x-amz-meta-Author: Grüße",
            "x-amz-storage-class: REDUCED_REDUNDANCY");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.header("etag")).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");

    Reply got = owner.get("first", "a/b.txt");
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    assertThat(got.text()).isEqualTo("hello");
    assertThat(got.header("content-type")).isEqualTo("text/plain;charset=UTF-8");
    assertThat(got.header("cache-control")).isEqualTo("max-age=60");
    assertThat(got.header("content-disposition")).isEqualTo("attachment; filename=\"b.txt\"");
    assertThat(got.header("content-language")).isEqualTo("de");
    assertThat(got.header("expires")).isEqualTo("Thu, 01 Dec 2033 16:00:00 GMT");
    assertThat(got.header("x-amz-storage-class")).isEqualTo("REDUCED_REDUNDANCY");
    assertThat(
            new String(
                got.header("x-amz-meta-author").getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8))
        .isEqualTo("Grüße");
  }
}
