package org.diskferry.depot;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// Puts load on a depot and says how much it bore.
public final class Load {
  private Load() {}

  /// Endpoint, `put` or `get`, connections, objects, bytes in each.
  public static void main(String[] args) throws Exception {
    URI endpoint = URI.create(args[0]);
    S3Client.signing(endpoint, TestDepot.OWNER).put("load", "", "");
    int count = Integer.parseInt(args[3]);
    byte[] body = new byte[Integer.parseInt(args[4])];
    new Random(1).nextBytes(body);
    AtomicLong next = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try (Connection connection = new Connection(endpoint, TestDepot.OWNER)) {
                  for (long n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    String key = "size" + body.length + "/" + n;
                    int status =
                        args[1].equals("put")
                            ? connection.put("load", key, body)
                            : connection.get("load", key);
                    if (status != 200) {
                      throw new IllegalStateException("status " + status);
                    }
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    double seconds = took.toMillis() / 1000.0;
    System.out.printf(
        "%s: %d x %d bytes in %.2f s: %.0f objects/s, %.1f MiB/s%n",
        args[1],
        count,
        body.length,
        seconds,
        count / seconds,
        (double) count * body.length / (1 << 20) / seconds);
  }
}
