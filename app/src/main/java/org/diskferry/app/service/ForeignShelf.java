package org.diskferry.app.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import org.diskferry.app.home.Home;
import org.diskferry.app.store.ForeignStore;
import org.diskferry.app.store.ReportText;
import org.diskferry.app.store.StoreBuckets;
import org.diskferry.app.store.StoreChoice;
import org.diskferry.store.BucketName;
import org.diskferry.store.StoreException;
import org.diskferry.store.s3.Finding;
import org.diskferry.store.s3.HttpStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// A store of the site's, examined when the service starts; what was found is in the home.
final class ForeignShelf {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignShelf.class);

  private ForeignShelf() {}

  /// @param certificate PEM of the service's own certificate
  static Shelf open(
      StoreChoice.Elsewhere choice, Home home, Path certificate, InstantSource clock, Closer closer)
      throws IOException, GeneralSecurityException {
    ForeignStore foreign = ForeignStore.of(choice, clock);
    ForeignStore.Examined examined = examine(foreign, choice);
    Files.writeString(home.storeReport(), ReportText.json(choice, examined));
    for (Finding finding : examined.report().degraded()) {
      LOG.warn(
          "store {}: {} {}: {}: {}",
          choice.address(),
          finding.about(),
          finding.what(),
          finding.found(),
          finding.effect());
    }
    HttpStore store = closer.add(foreign.open(examined.style(), examined.report().capabilities()));
    return new Shelf(
        choice.address(),
        store,
        new StoreBuckets(store),
        (bucket, region) -> create(store, bucket),
        trusted(choice, home, certificate),
        Map.of("scrub start", ForeignShelf::notOurs),
        false);
  }

  private static Object notOurs(JsonNode arguments) throws IOException {
    throw new IOException(
        "the objects are in a store of the site's: it is scrubbed by its own means");
  }

  private static ForeignStore.Examined examine(ForeignStore foreign, StoreChoice.Elsewhere choice)
      throws IOException {
    try {
      return foreign.examine();
    } catch (StoreException e) {
      throw new IOException(
          "the store "
              + choice.address()
              + " cannot be examined; if the key may not make buckets, name one with"
              + " --store-bucket: "
              + e.getMessage(),
          e);
    }
  }

  /// In the store's own region, whatever that is called.
  private static void create(HttpStore store, BucketName bucket) throws IOException {
    try {
      store.createBucket(bucket, "");
    } catch (StoreException e) {
      throw new IOException("bucket " + bucket + " cannot be made: " + e.getMessage(), e);
    }
  }

  /// Clients read one file: the service's certificate, then the store's authorities.
  private static Path trusted(StoreChoice.Elsewhere choice, Home home, Path certificate)
      throws IOException {
    Path authorities = choice.authorities();
    return authorities == null
        ? certificate
        : TrustBundle.write(home.keys().resolve("trusted.pem"), certificate, authorities);
  }
}
