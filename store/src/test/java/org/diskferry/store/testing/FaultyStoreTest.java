package org.diskferry.store.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyStoreTest extends ObjectStoreContract {
  private final BucketName bucket = new BucketName("shelf");
  private final ObjectKey key = new ObjectKey("key");
  private final MemoryStore memory = MemoryStore.likeS3().withBucket(bucket, "eu-west-1");
  private final FaultyStore store = new FaultyStore(memory);

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
    return "eu-west-1";
  }

  @Override
  protected StoreCapabilities capabilities() {
    return StoreCapabilities.S3;
  }

  private void put() throws StoreException {
    store.put(bucket, key, Headers.ofType("a/b"), Body.of(new byte[3]), Checksum.NONE);
  }

  @Test
  void onlyTheCallOfThePlanFails() throws Exception {
    store.follow(FaultPlan.nth(2, Fault.full()));
    put();
    assertThatThrownBy(this::put)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.FULL));
    put();
    assertThat(store.count(Operation.PUT)).isEqualTo(3);
  }

  @Test
  void aLostAnswerHasBeenDone() throws Exception {
    store.follow(FaultPlan.on(new Fault.AnswerLost(), Operation.PUT).atMost(1));
    assertThatThrownBy(this::put).isInstanceOf(StoreException.class);
    assertThat(memory.keys(bucket)).isEqualTo(List.of(key));
    put();
  }

  @Test
  void aHangingCallEndsWithAnInterrupt() throws Exception {
    store.follow(FaultPlan.from(1, new Fault.Hanging()));
    Thread caller =
        Thread.ofVirtual()
            .start(() -> assertThatThrownBy(this::put).hasMessageContaining("interrupted"));
    while (store.calls().isEmpty() && caller.isAlive()) {
      Thread.sleep(1);
    }
    assertThat(caller.isAlive()).isTrue();
    caller.interrupt();
    caller.join();
    assertThat(memory.keys(bucket)).isEmpty();
  }
}
