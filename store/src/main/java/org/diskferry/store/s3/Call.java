package org.diskferry.store.s3;

import java.nio.ByteBuffer;
import java.util.List;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.Percent;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;

/// One request of the S3 protocol, without what changes from attempt to attempt.
///
/// @param key empty for requests about the bucket
/// @param query percent-encoded
/// @param headers without host, date and signature
/// @param seal how the body is covered
/// @param sink where the body of a good answer belongs; without room it is collected
/// @param asksLeave whether even a small body waits for leave to be sent
/// @param slow whether the store may think about it for long
record Call(
    String method,
    BucketName bucket,
    String key,
    String query,
    List<Header> headers,
    Body body,
    Seal seal,
    ByteBuffer sink,
    boolean asksLeave,
    boolean slow) {
  private static final Body NOTHING = Body.of(new byte[0]);
  private static final ByteBuffer NO_SINK = ByteBuffer.allocate(0);

  static Call of(String method, BucketName bucket, String key, String query) {
    return new Call(
        method, bucket, key, query, List.of(), NOTHING, Seal.NO_BODY, NO_SINK, false, false);
  }

  Call with(List<Header> more) {
    return new Call(method, bucket, key, query, more, body, seal, sink, asksLeave, slow);
  }

  Call sending(Body content, Seal cover) {
    return new Call(method, bucket, key, query, headers, content, cover, sink, asksLeave, slow);
  }

  Call into(ByteBuffer target) {
    return new Call(method, bucket, key, query, headers, body, seal, target, asksLeave, slow);
  }

  Call askingLeave() {
    return new Call(method, bucket, key, query, headers, body, seal, sink, true, slow);
  }

  Call slowly() {
    return new Call(method, bucket, key, query, headers, body, seal, sink, asksLeave, true);
  }

  static String parameter(String name, String value) {
    return name + "=" + Percent.encode(value);
  }

  @Override
  public String toString() {
    String about = key.isEmpty() ? bucket.value() : bucket + "/" + key;
    return method + " " + about + (query.isEmpty() ? "" : "?" + query);
  }
}
