package org.diskferry.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diskferry.app.store.SharedRadosgw;
import org.diskferry.media.testing.Tool;
import org.diskferry.store.BucketName;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoredObject;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.testing.Radosgw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The doctor and the demo, as an operator types them, on a store that is not ours and that refuses
/// buckets in the path, which both find out.
@Timeout(900) // a guard against hanging: thousands of calls of a store that is slow under load
class DemoOnRadosgwTest {
  private static final BucketName BUCKET = new BucketName("demo-archive");

  @TempDir private Path folder;

  @Test
  void theWholeJourneyEndsInAStoreThatWantsBucketsInTheHost() throws Exception {
    Tool.require(DemoOnRadosgwTest.class, "mke2fs");
    Radosgw gateway = SharedRadosgw.require(DemoOnRadosgwTest.class);
    try (HttpStore direct = client()) {
      direct.createBucket(new BucketName("doctors"), "");
    }
    try (HostsOnlyStore store = HostsOnlyStore.before(gateway, folder, DemoOnRadosgwTest.class)) {
      String address = store.address().toString();
      String keys = keys(gateway).toString();
      Up.Said doctor =
          Up.alone(
              hosts(),
              "store",
              "check",
              address,
              "--store-credentials",
              keys,
              "--store-profile",
              "default",
              "--bucket",
              "doctors",
              "--json");
      assertThat(grade(doctor, "path")).isEqualTo("NOTE");
      assertThat(grade(doctor, "virtual host")).isEqualTo("GOOD");

      Up.Said said =
          Up.alone(
              hosts(),
              "demo",
              "--store",
              address,
              "--store-credentials",
              keys,
              "--store-profile",
              "default",
              "--store-style",
              "auto",
              "--store-bucket",
              "doctors");
      assertDone(said, address);
    }
  }

  private void assertDone(Up.Said said, String address) throws Exception {
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text())
        .contains("The bucket at " + address, "every one of its 536870912 bytes reads zero");
    try (HttpStore store = client()) {
      List<StoredObject> objects = store.list(BUCKET, "", "").objects();
      assertThat(objects).hasSizeGreaterThan(20);
      assertThat(objects.stream().filter(each -> each.key().value().startsWith("disk-1/")))
          .hasSizeGreaterThan(20);
    }
  }

  private static String grade(Up.Said doctor, String what) {
    for (JsonNode one : new JsonMapper().readTree(doctor.text()).path("findings")) {
      if (one.path("about").asString().equals("address")
          && one.path("what").asString().equals(what)) {
        return one.path("grade").asString();
      }
    }
    return "";
  }

  private static HttpStore client() throws Exception {
    Radosgw gateway = SharedRadosgw.require(DemoOnRadosgwTest.class);
    return SharedRadosgw.client(
        gateway, gateway.plain(), AddressStyle.PATH, StoreCapabilities.COMMON);
  }

  private Path keys(Radosgw gateway) throws IOException {
    String secret = new String(gateway.credentials().secret().bytes(), StandardCharsets.UTF_8);
    return Files.writeString(
        folder.resolve("keys.ini"),
        "[default]\naws_access_key_id=%s\naws_secret_access_key=%s\n"
            .formatted(gateway.credentials().id(), secret));
  }

  /// What a resolver would know: the buckets' hosts as well.
  private List<String> hosts() throws IOException {
    StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n");
    for (String name : List.of("", BUCKET + ".", "doctors.")) {
      lines.append("127.0.0.1 ").append(name).append(Radosgw.HOST).append('\n');
    }
    Path file = Files.writeString(folder.resolve("hosts"), lines);
    return List.of("-Djdk.net.hosts.file=" + file);
  }
}
