package org.diskferry.station.catalogue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.naming.ImportNames;
import org.diskferry.job.naming.ImportRules;
import org.diskferry.job.naming.ObjectHeaders;
import org.diskferry.job.naming.ObjectRules;
import org.diskferry.station.Digests;
import org.diskferry.store.BucketName;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;

/// One order's way from a row to an object: bucket, key, headers. Safe for many threads.
public final class Rules {
  /// Half of a SHA-256: enough to tell plans apart that nobody forges against himself.
  private static final int MARK_BYTES = 16;

  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

  private final WorkOrder.Load order;
  private final BucketName bucket;
  private final ImportRules names;
  private final ObjectRules objects;

  /// The rules of `order` for a device whose paths begin with `pN/` if it is `partitioned`.
  public Rules(WorkOrder.Load order, boolean partitioned) {
    this.order = order;
    this.bucket = new BucketName(order.manifest().bucket());
    this.names =
        partitioned ? ImportRules.ofPartitions(order.manifest()) : ImportRules.of(order.manifest());
    this.objects = ObjectRules.of(order.manifest());
  }

  /// Where the objects go.
  public BucketName bucket() {
    return bucket;
  }

  /// Headers of a file's object.
  ///
  /// @param firstBytes the file's first three bytes, or all of a shorter one
  public Headers headers(Row row, ByteBuffer firstBytes) {
    ObjectHeaders headers = objects.headers(row.path(), row.modified(), firstBytes);
    return new Headers(
        headers.contentType(),
        headers.contentEncoding(),
        headers.cacheControl(),
        headers.contentDisposition(),
        headers.contentLanguage(),
        headers.expires(),
        headers.metadata(),
        headers.acl(),
        headers.storageClass());
  }

  /// Stands for bucket, key and headers, whatever the first bytes are: two orders that make the
  /// same of a row have the same mark.
  public String mark(Row row, ObjectKey key) {
    Headers plain = headers(row, ByteBuffer.allocate(0));
    Headers gzip = headers(row, ByteBuffer.wrap(GZIP));
    String all = String.join("\n", bucket.value(), key.value(), plain.toString(), gzip.toString());
    byte[] digest = Digests.sha256().digest(all.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, MARK_BYTES);
  }

  ImportNames name(String path) {
    return names.name(path);
  }

  /// Whether an object of this key would be overwritten by the order's own log.
  boolean isLog(ObjectKey key) {
    return order.logBucket().equals(bucket.value()) && order.logKey().equals(key.value());
  }
}
