package org.diskferry.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.diskferry.store.BucketName;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.testing.Radosgw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class StoreCheckTest {
  @TempDir private Path folder;

  private record Said(int code, String text) {}

  // By its number: the gateway takes any other name for that of a bucket.
  private Said check(Radosgw gateway, String... more) throws Exception {
    String secret = new String(gateway.credentials().secret().bytes(), StandardCharsets.UTF_8);
    Path keys =
        Files.writeString(
            folder.resolve("keys.ini"),
            "[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n"
                .formatted(gateway.credentials().id(), secret));
    StringWriter said = new StringWriter();
    CommandLine line =
        new CommandLine(new StoreCommand())
            .setOut(new PrintWriter(said, true))
            .setErr(new PrintWriter(said, true));
    String[] words = {
      "check",
      "http://127.0.0.1:" + gateway.plain().getPort(),
      "--store-credentials",
      keys.toString(),
      "--store-profile",
      "default"
    };
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return new Said(line.execute(all), said.toString());
  }

  @Test
  void aRealStoreIsToldForWhatItIs() throws Exception {
    Said said = check(SharedRadosgw.require(StoreCheckTest.class), "--json");
    assertThat(said.code()).as(said.text()).isEqualTo(4);
    JsonNode report = new JsonMapper().readTree(said.text());
    Map<String, String> found = new TreeMap<>();
    for (JsonNode one : report.path("findings")) {
      found.put(
          one.path("about").asString() + " " + one.path("what").asString(),
          one.path("grade").asString());
    }
    assertThat(found)
        .containsEntry("verification CRC32C", "DEGRADES")
        .containsEntry("verification Content-MD5", "GOOD")
        .containsEntry("verification x-amz-content-sha256", "GOOD")
        .containsEntry("class STANDARD", "GOOD")
        .containsEntry("class REDUCED_REDUNDANCY", "DEGRADES")
        .containsEntry("parts ETag of Complete", "NOTE")
        .containsEntry("address path", "GOOD");
    assertThat(found.entrySet().stream().filter(e -> e.getKey().startsWith("acl ")))
        .hasSize(6)
        .allMatch(e -> e.getValue().equals("GOOD"));
    assertThat(found.entrySet().stream().filter(e -> e.getKey().startsWith("key ")))
        .hasSize(12)
        .allMatch(e -> e.getValue().equals("GOOD"));
  }

  @Test
  void nothingIsLeftInABucketThatWasLent() throws Exception {
    Radosgw gateway = SharedRadosgw.require(StoreCheckTest.class);
    BucketName bucket = SharedRadosgw.newBucket();
    try (HttpStore store =
        SharedRadosgw.client(
            gateway, gateway.plain(), AddressStyle.PATH, StoreCapabilities.COMMON)) {
      store.createBucket(bucket, "");
      Said said = check(gateway, "--bucket", bucket.value());
      assertThat(said.code()).as(said.text()).isEqualTo(4);
      assertThat(said.text()).contains("jobs that name it get 400 for every file");
      assertThat(store.list(bucket, "", "").objects()).isEmpty();
      assertThat(store.uploads(bucket, "")).isEmpty();
    }
  }

  @Test
  void aStoreThatCannotBeReachedIsNoReport() throws Exception {
    Path keys =
        Files.writeString(
            folder.resolve("keys.ini"),
            "[default]\naws_access_key_id=nobody\naws_secret_access_key=nothing\n");
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(new StoreCommand()).setErr(new PrintWriter(said, true));
    int code =
        line.execute(
            "check",
            "http://127.0.0.1:1",
            "--store-credentials",
            keys.toString(),
            "--store-profile",
            "default");
    assertThat(code).isEqualTo(1);
    assertThat(said.toString()).contains("the store cannot be examined");
  }
}
