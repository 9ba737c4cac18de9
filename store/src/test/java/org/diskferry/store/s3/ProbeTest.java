package org.diskferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.diskferry.store.BucketName;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreCapabilities.Crc32c;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.testing.HttpFault;
import org.diskferry.store.testing.HttpFaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeTest {
  private static final String SCRATCH = "scratch/";

  @ParameterizedTest
  @EnumSource(Crc32c.class)
  void whatAStoreMakesOfAChecksumIsFoundOut(Crc32c kind) throws Exception {
    try (Fixture all = Fixture.make().behind(new StoreCapabilities(kind, true)).start()) {
      assertThat(all.store.probe(Fixture.BUCKET, SCRATCH))
          .isEqualTo(new StoreCapabilities(kind, true));
      assertThat(all.memory.keys(Fixture.BUCKET)).isEmpty();
      assertThat(all.memory.uploads(Fixture.BUCKET, "")).isEmpty();
    }
  }

  @Test
  void aStoreThatDoesNotGiveLeaveIsFoundOut() throws Exception {
    try (Fixture all = Fixture.make().start()) {
      all.server.giveLeave(false);
      assertThat(all.store.probe(Fixture.BUCKET, SCRATCH))
          .isEqualTo(new StoreCapabilities(Crc32c.WHOLE, false));
    }
  }

  @Test
  void aStoreThatRefusesTheHeaderDoesNotKnowIt() throws Exception {
    try (Fixture all = Fixture.make().start()) {
      all.server.follow(call ->
          call.header("x-amz-checksum-crc32c").isPresent()
              ? HttpFault.answered(400, "InvalidArgument")
              : HttpFault.none());
      assertThat(all.store.probe(Fixture.BUCKET, SCRATCH))
          .isEqualTo(new StoreCapabilities(Crc32c.NONE, true));
    }
  }

  @Test
  void aStoreThatKnowsNoWholeChecksumIsFoundOut() throws Exception {
    try (Fixture all = Fixture.make().start()) {
      all.server.follow(
          HttpFaultPlan.first(
              1, call -> call.is("POST", "uploads"), HttpFault.answered(400, "InvalidRequest")));
      assertThat(all.store.probe(Fixture.BUCKET, SCRATCH).crc32c()).isEqualTo(Crc32c.PARTS);
    }
  }

  @Test
  void whatIsNotAnAnswerIsThrown() throws Exception {
    try (Fixture all = Fixture.make().start()) {
      BucketName nowhere = new BucketName("nobody-made-this-bucket");
      assertThatThrownBy(() -> all.store.probe(nowhere, SCRATCH))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.trouble()).isEqualTo(Trouble.NO_SUCH_BUCKET));
    }
  }
}
