package org.diskferry.server.clients;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.diskferry.job.manifest.ManifestReader;
import org.diskferry.job.manifest.Regions;
import org.diskferry.job.testing.MemoryJobStore;
import org.diskferry.server.http.Endpoint;
import org.diskferry.server.query.QueryApi;
import org.diskferry.server.query.Site;
import org.diskferry.server.testing.MemoryBuckets;
import org.diskferry.server.testing.TestTls;
import org.diskferry.server.testing.TestUser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The endpoint and the query API over jobs in memory.
class EndpointClientsTest extends ClientSuite {
  private static final int QUOTA = 50;

  private static Endpoint endpoint;
  private static Target target;

  @BeforeAll
  static void open(@TempDir Path directory) throws Exception {
    TestTls tls = TestTls.in(directory);
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    endpoint =
        Endpoint.start(
            tls.settings(),
            new QueryApi(
                new Site(
                    TestUser.ring(TestUser.OWNER),
                    new MemoryJobStore(clock, random, QUOTA),
                    new ManifestReader(Regions.ofGuide()),
                    new MemoryBuckets().with("bucket-1", "us-east-1"),
                    clock,
                    random)));
    target =
        new Target(
            "https://localhost:" + endpoint.port(),
            tls.bundle(),
            TestUser.OWNER.credentials(),
            "bucket-1");
  }

  @AfterAll
  static void close() {
    endpoint.close();
  }

  @Override
  protected Target target() {
    return target;
  }
}
