package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.depot.s3.Transport;
import org.diskferry.postgres.testing.NotRun;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a file system of its own that fills up in earnest, nothing being kept free: every write may
/// be the one that the kernel has no room for.
class FullDiskTest {
  private static final int MIB = 1024 * 1024;

  @TempDir Path temporary;
  private final TestClock clock = new TestClock();
  private final Map<String, byte[]> acknowledged = new TreeMap<>();
  private Path disk;
  private TestDatabase database;
  private TestDepot depot;
  private S3Client owner;

  @BeforeEach
  void start() throws Exception {
    disk = Files.createDirectory(temporary.resolve("disk"));
    if (run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) != 0) {
      throw NotRun.because(getClass(), "a full disk under the depot", "root, to mount one");
    }
    database = TestDatabase.create();
    open();
    owner.put("bucket", "", "");
  }

  @AfterEach
  void stop() throws Exception {
    if (depot != null) {
      depot.close();
      database.close();
    }
    run("umount", "--lazy", disk.toString());
  }

  @Test
  void aFullDiskLosesNothingAndTakesWritesAgainOnceThereIsRoom() throws Exception {
    put("large", bytes(1, 3 * MIB));
    put("small", bytes(2, 100_000));
    String upload =
        owner.send("POST", "/bucket/parts", "uploads=", new byte[0]).element("UploadId");
    assertThat(fillAtOnce()).contains(200, 507);
    fillWithSmall();
    String part = "partNumber=1&uploadId=" + upload;
    assertThat(owner.send("PUT", "/bucket/parts", part, bytes(3, 5 * MIB)).status()).isEqualTo(507);
    assertIntact();

    // It can be opened while it is full.
    depot.close();
    open();
    assertIntact();
    assertThat(put("still", bytes(4, 5 * MIB)).status()).isEqualTo(507);

    // What is deleted gives room, although the moving of the rest has none to go on with.
    for (String key : List.copyOf(acknowledged.keySet())) {
      if (key.startsWith("at once") || key.endsWith("1")) {
        owner.delete("bucket", key);
        acknowledged.remove(key);
      }
    }
    clock.putAhead(Duration.ofMinutes(20));
    depot.depot().tidy();
    clock.putAhead(Duration.ZERO);
    assertThat(put("again", bytes(5, 5 * MIB)).status()).isEqualTo(200);
    assertIntact();
  }

  @Test
  void aDiskThatIsMadeLargerIsUsedWithoutARestart() throws Exception {
    fillAtOnce();
    fillWithSmall();
    assertThat(put("refused", bytes(6, 5 * MIB)).status()).isEqualTo(507);
    assertThat(run("mount", "-o", "remount,size=48m", disk.toString())).isZero();
    assertThat(put("taken", bytes(7, 5 * MIB)).status()).isEqualTo(200);
    assertIntact();
  }

  /// More at once than there is room for, each of which looked as if it would fit.
  private List<Integer> fillAtOnce() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      Map<String, Future<Reply>> replies = new TreeMap<>();
      for (int i = 0; i < 8; i++) {
        String key = "at once " + i;
        byte[] content = bytes(10 + i, 4 * MIB);
        replies.put(key, clients.submit(() -> owner.put("bucket", key, content)));
      }
      for (Map.Entry<String, Future<Reply>> each : replies.entrySet()) {
        Reply reply = each.getValue().get();
        statuses.add(reply.status());
        if (reply.status() == 200) {
          int seed = 10 + each.getKey().charAt("at once ".length()) - '0';
          acknowledged.put(each.getKey(), bytes(seed, 4 * MIB));
        } else {
          assertThat(reply.element("Code")).isEqualTo("InsufficientStorage");
        }
      }
    }
    return statuses;
  }

  private void fillWithSmall() throws IOException {
    int status = 200;
    for (int i = 0; status == 200; i++) {
      Reply reply = put("small %03d".formatted(i), bytes(100 + i, 200_000));
      status = reply.status();
      assertThat(status).as(reply.text()).isIn(200, 507);
      assertThat(i).isLessThan(1000);
    }
  }

  private Reply put(String key, byte[] content) throws IOException {
    Reply reply = owner.put("bucket", key, content);
    if (reply.status() == 200) {
      acknowledged.put(key, content);
    }
    return reply;
  }

  /// What was acknowledged is there, and nothing else.
  private void assertIntact() throws Exception {
    assertThat(depot.depot().failure()).isEmpty();
    Reply list = owner.send("GET", "/bucket", "list-type=2", new byte[0]);
    assertThat(list.elements("Key")).containsExactlyElementsOf(acknowledged.keySet());
    for (Map.Entry<String, byte[]> each : acknowledged.entrySet()) {
      assertThat(owner.get("bucket", each.getKey()).body())
          .as(each.getKey())
          .isEqualTo(each.getValue());
    }
    assertThat(depot.depot().scrub(damage -> {}).damaged()).isZero();
  }

  private void open() throws IOException {
    depot =
        TestDepot.start(
            database.login(), disk.resolve("depot"), 0, 0, new Transport.Plain(), clock);
    owner = depot.client(TestDepot.OWNER);
  }

  private static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static int run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertThat(said).doesNotContain("no such"); // a slip in the command would pass for "not root"
    return code;
  }
}
