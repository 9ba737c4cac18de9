package org.diskferry.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.diskferry.depot.S3Client.Reply;
import org.diskferry.postgres.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a depot under load, again and again, and looks for everything that it acknowledged.
class KillTest {
  private static final int ROUNDS = 4;
  private static final int WRITERS = 8;

  @TempDir Path directory;

  @Test
  void everyAcknowledgedObjectIsThereAfterAKill() throws Exception {
    Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    AtomicInteger next = new AtomicInteger();
    Random random = new Random(7);
    try (TestDatabase database = TestDatabase.create()) {
      for (int round = 0; round < ROUNDS; round++) {
        ChildDepot depot = ChildDepot.start(database.login(), directory, List.of());
        S3Client.signing(depot.endpoint(), TestDepot.OWNER).put("bucket", "", "");
        int before = acknowledged.size();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          writers.add(Thread.ofPlatform().start(() -> write(depot.endpoint(), next, acknowledged)));
        }
        while (acknowledged.size() < before + 60) {
          Thread.sleep(20);
        }
        Thread.sleep(random.nextInt(300));
        depot.kill();
        for (Thread writer : writers) {
          writer.join();
        }
      }
      try (TestDepot depot = TestDepot.start(database, directory)) {
        S3Client client = depot.client(TestDepot.OWNER);
        for (Map.Entry<String, Integer> each : acknowledged.entrySet()) {
          Reply reply = client.get("bucket", each.getKey());
          assertThat(reply.status()).as(each.getKey()).isEqualTo(200);
          assertThat(reply.body()).as(each.getKey()).isEqualTo(body(each.getKey()));
        }
        assertThat(depot.depot().scrub(damage -> {}).damaged()).isZero();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * 60);
      }
    }
  }

  private static void write(URI endpoint, AtomicInteger next, Map<String, Integer> acknowledged) {
    try (Connection connection = new Connection(endpoint, TestDepot.OWNER)) {
      while (true) {
        String key = "key" + next.getAndIncrement();
        if (connection.put("bucket", key, body(key)) == 200) {
          acknowledged.put(key, 200);
        }
      }
    } catch (IOException _) {
      // The depot was killed: what was not answered does not count.
    }
  }

  /// One in ten is large enough to be a file of its own.
  private static byte[] body(String key) {
    Random random = new Random(key.hashCode());
    int length = random.nextInt(10) == 0 ? 1_200_000 : 1 + random.nextInt(50_000);
    byte[] body = new byte[length];
    random.nextBytes(body);
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(name, 0, body, 0, Math.min(name.length, length));
    return body;
  }
}
