package org.diskferry.bench.listing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signer;

/// Fills buckets with empty objects and asks for pages, over HTTP like any client.
final class DepotPages {
  /// Enough to keep the database busy.
  private static final int LANES = 16;

  private static final double NANOS_PER_MILLI = 1e6;

  private final URI endpoint;
  private final V4Signer signer;
  private final HttpClient client = HttpClient.newHttpClient();

  DepotPages(URI endpoint, Credentials credentials) {
    this.endpoint = endpoint;
    this.signer = new V4Signer(credentials, "us-east-1", "s3");
  }

  /// Makes a bucket of `groups` times `keys` objects, `g00007/k00042`.
  void fill(String bucket, int groups, int keys) throws Exception {
    send("PUT", "/" + bucket, "");
    try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
      List<Future<?>> work = new ArrayList<>();
      for (int group = 0; group < groups; group++) {
        String prefix = "/%s/g%05d/k".formatted(bucket, group);
        work.add(
            lanes.submit(() -> {
              for (int key = 0; key < keys; key++) {
                send("PUT", prefix + "%05d".formatted(key), "");
              }
              return prefix;
            }));
      }
      for (Future<?> each : work) {
        each.get();
      }
    }
  }

  /// Milliseconds until a page was there.
  double list(String bucket, String query) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    send("GET", "/" + bucket, query);
    return (System.nanoTime() - begin) / NANOS_PER_MILLI;
  }

  private void send(String method, String path, String query)
      throws IOException, InterruptedException {
    RequestHead head =
        new RequestHead(method, path, query, List.of(new Header("Host", endpoint.getAuthority())));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint + path + (query.isEmpty() ? "" : "?" + query)))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (Header header : signer.sign(head, PayloadHash.EMPTY, Instant.now()).headers()) {
      request.header(header.name(), header.value());
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + ": " + response.body());
    }
  }
}
