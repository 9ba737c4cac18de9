package org.diskferry.store.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreCapabilities.Crc32c;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.http.Answer;

/// Asks a store what it can do. Documentation and version numbers say little: some stores take a
/// checksum and never look at it.
final class Probe {
  private static final byte[] CONTENT =
      "Written to find out what this store can do.\n".getBytes(StandardCharsets.UTF_8);
  private static final String CRC = Checksum.base64(Checksum.of(CONTENT).crc32c());
  private static final String OTHER_CRC = Checksum.base64(~Checksum.of(CONTENT).crc32c());
  private static final String CHECKSUM = "x-amz-checksum-crc32c";

  private final Caller caller;
  private final BucketName bucket;
  private final String key;

  Probe(Caller caller, BucketName bucket, String key) {
    this.caller = caller;
    this.bucket = bucket;
    this.key = key;
  }

  StoreCapabilities capabilities() throws StoreException {
    try {
      boolean answersExpect = answersExpect();
      return new StoreCapabilities(crc32c(), answersExpect);
    } finally {
      caller.make(Call.of("DELETE", bucket, key, ""));
    }
  }

  private boolean answersExpect() throws StoreException {
    Call call = Call.of("PUT", bucket, key, "").sending(Body.of(CONTENT), hashed()).askingLeave();
    return caller.make(call).leaveGiven();
  }

  private static Seal hashed() {
    return Seal.hashed(PayloadHash.of(CONTENT));
  }

  private Crc32c crc32c() throws StoreException {
    if (!refusesWrongCrc32c()) {
      return Crc32c.NONE;
    }
    return keepsWholeCrc32c() ? Crc32c.WHOLE : Crc32c.PARTS;
  }

  private boolean refusesWrongCrc32c() throws StoreException {
    Seal wrong =
        new Seal(hashed().hash(), List.of(new Header(CHECKSUM, OTHER_CRC)), OTHER_CRC, true);
    try {
      caller.make(Call.of("PUT", bucket, key, "").sending(Body.of(CONTENT), wrong));
      return false;
    } catch (StoreException e) {
      return did(e, Trouble.DAMAGED);
    }
  }

  /// Whether the store complained about the checksum; if it did not take the header at all that is
  /// an answer too, but nothing else is.
  private static boolean did(StoreException e, Trouble expected) throws StoreException {
    if (e.trouble() != expected && e.trouble() != Trouble.REFUSED) {
      throw e;
    }
    return e.trouble() == expected;
  }

  private boolean keepsWholeCrc32c() throws StoreException {
    UploadId upload;
    try {
      upload = begin();
    } catch (StoreException e) {
      return did(e, Trouble.DAMAGED);
    }
    String query = Call.parameter("uploadId", upload.value());
    try {
      complete(query);
    } catch (StoreException e) {
      caller.make(Call.of("DELETE", bucket, key, query));
      return did(e, Trouble.DAMAGED);
    }
    Answer told =
        caller.make(
            Call.of("HEAD", bucket, key, "")
                .with(List.of(new Header("x-amz-checksum-mode", "ENABLED"))));
    return told.field(CHECKSUM).orElse("").equals(CRC)
        && !told.field("x-amz-checksum-type").orElse("").equals("COMPOSITE");
  }

  private UploadId begin() throws StoreException {
    Call call =
        Call.of("POST", bucket, key, "uploads=")
            .with(
                List.of(
                    new Header("x-amz-checksum-algorithm", "CRC32C"),
                    new Header("x-amz-checksum-type", "FULL_OBJECT")));
    try {
      return Documents.uploadId(caller.make(call).body());
    } catch (XmlException e) {
      throw new StoreException(Trouble.REFUSED, "", call + ": " + e.getMessage(), e);
    }
  }

  private void complete(String query) throws StoreException {
    Seal seal = new Seal(hashed().hash(), List.of(new Header(CHECKSUM, CRC)), CRC, true);
    Answer part =
        caller.make(
            Call.of("PUT", bucket, key, "partNumber=1&" + query).sending(Body.of(CONTENT), seal));
    String etag = part.field("ETag").map(Documents::unquoted).orElse("");
    byte[] document = Documents.completion(List.of(new Part(1, etag, CONTENT.length, CRC)));
    caller.make(
        Call.of("POST", bucket, key, query)
            .sending(Body.of(document), Seal.hashed(PayloadHash.of(document)))
            .slowly());
  }
}
