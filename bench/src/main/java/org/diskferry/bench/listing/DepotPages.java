package org.diskferry.bench.listing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.diskferry.access.Credentials;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.access.signing.RequestHead;
import org.diskferry.access.signing.V4Signer;

/// Fills buckets with empty objects and asks for pages, over HTTP like any client.
final class DepotPages {
  private static final String MORE =
      """
      INSERT INTO depot.object (bucket, key, content, owner, size, etag, modified, storage_class,
        acl, headers, crc32c, checksum)
      SELECT o.bucket, convert_to(format('g%s/k%s', lpad(g::text, 5, '0'), lpad(k::text, 5, '0')),
          'UTF8'), nextval('depot.content'), o.owner, o.size, o.etag, o.modified, o.storage_class,
        o.acl, o.headers, o.crc32c, o.checksum
      FROM generate_series(0, ?) g, generate_series(0, ?) k, depot.object o
      JOIN depot.bucket b ON b.id = o.bucket AND b.name = ?
      ON CONFLICT DO NOTHING
      """;

  private static final double NANOS_PER_MILLI = 1e6;

  private final URI endpoint;
  private final V4Signer signer;
  private final HttpClient client = HttpClient.newHttpClient();

  DepotPages(URI endpoint, Credentials credentials) {
    this.endpoint = endpoint;
    this.signer = new V4Signer(credentials, "us-east-1", "s3");
  }

  /// Makes a bucket of `groups` times `keys` objects, `g00007/k00042`: one is stored, the others
  /// are rows like its own, put straight into the index, which is what listings read.
  void fill(String bucket, int groups, int keys, DataSource index)
      throws IOException, InterruptedException, SQLException {
    send("PUT", "/" + bucket, "");
    send("PUT", "/" + bucket + "/g00000/k00000", "");
    try (Connection connection = index.getConnection();
        PreparedStatement insert = connection.prepareStatement(MORE);
        Statement analyze = connection.createStatement()) {
      insert.setInt(1, groups - 1);
      insert.setInt(2, keys - 1);
      insert.setString(3, bucket);
      insert.executeUpdate();
      analyze.execute("VACUUM ANALYZE depot.object");
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
