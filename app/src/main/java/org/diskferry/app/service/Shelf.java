package org.diskferry.app.service;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.diskferry.app.operator.Verb;
import org.diskferry.server.query.BucketDirectory;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectStore;

/// Where the objects are, as the rest of the service sees it, be it the depot or a store of the
/// site's.
///
/// @param address for clients
/// @param store with the rights of the service
/// @param buckets for those who check manifests
/// @param maker of buckets
/// @param trusted PEM of all that clients are to trust
/// @param verbs that the operator has for it
/// @param embedded whether the customers of the service are the store's, too
record Shelf(
    URI address,
    ObjectStore store,
    BucketDirectory buckets,
    BucketMaker maker,
    Path trusted,
    Map<String, Verb> verbs,
    boolean embedded) {

  /// Makes a bucket of the first customer.
  @FunctionalInterface
  interface BucketMaker {
    void make(BucketName bucket, String region) throws IOException;
  }
}
