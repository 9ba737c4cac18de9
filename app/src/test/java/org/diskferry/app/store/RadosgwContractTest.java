package org.diskferry.app.store;

import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.s3.AddressStyle;
import org.diskferry.store.s3.HttpStore;
import org.diskferry.store.testing.ObjectStoreContract;
import org.diskferry.store.testing.Radosgw;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// The contract on Ceph's gateway, over TLS with a private authority and with buckets in the host.
@Timeout(120)
class RadosgwContractTest extends ObjectStoreContract {
  private static StoreCapabilities capabilities;
  private static HttpStore store;

  private BucketName bucket;

  @BeforeAll
  static void start() throws Exception {
    Radosgw gateway = SharedRadosgw.require(RadosgwContractTest.class);
    BucketName scratch = SharedRadosgw.newBucket();
    try (HttpStore asking =
        SharedRadosgw.client(
            gateway, gateway.plain(), AddressStyle.PATH, StoreCapabilities.COMMON)) {
      asking.createBucket(scratch, "");
      capabilities = asking.probe(scratch, "scratch/");
      asking.deleteBucket(scratch);
    }
    store =
        SharedRadosgw.client(gateway, gateway.secure(), AddressStyle.VIRTUAL_HOST, capabilities);
  }

  @AfterAll
  static void stop() {
    if (store != null) {
      store.close();
    }
  }

  @BeforeEach
  void makeBucket() throws Exception {
    bucket = SharedRadosgw.newBucket();
    store.createBucket(bucket, "");
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected BucketName bucket() {
    return bucket;
  }

  @Override
  protected String region() {
    return "default";
  }

  @Override
  protected StoreCapabilities capabilities() {
    return capabilities;
  }
}
