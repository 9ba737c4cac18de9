package org.diskferry.store.s3;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.diskferry.access.signing.Header;
import org.diskferry.access.signing.PayloadHash;
import org.diskferry.store.Body;
import org.diskferry.store.Checksum;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreCapabilities;
import org.diskferry.store.StoreCapabilities.Crc32c;
import org.diskferry.store.StoreCapabilities.Digest;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.http.Answer;

/// Asks a store what it can do of what the client makes use of. Documentation and version numbers
/// say little: some stores take a checksum and never look at it.
final class Probe {
  private static final String CHECKSUM = "x-amz-checksum-crc32c";
  private static final byte[] OTHER = "Something else.\n".getBytes(StandardCharsets.UTF_8);

  private final Trial trial;

  Probe(Trial trial) {
    this.trial = trial;
  }

  StoreCapabilities capabilities() throws StoreException {
    boolean answersExpect = answersExpect();
    return new StoreCapabilities(
        crc32c(),
        digests(),
        answersExpect,
        new KeyProbe(trial).held(),
        new PromiseProbe(trial).kept());
  }

  private boolean answersExpect() throws StoreException {
    Call call = trial.call("PUT", "expect", "").sending(Body.of(Trial.CONTENT), Trial.hashed());
    return trial.make(call.askingLeave()).leaveGiven();
  }

  private Set<Digest> digests() throws StoreException {
    Set<Digest> compared = EnumSet.noneOf(Digest.class);
    byte[] md5 = HexFormat.of().parseHex(Checksum.of(OTHER).md5());
    Header header = new Header("Content-MD5", Base64.getEncoder().encodeToString(md5));
    if (Trial.tried(() -> trial.putSealed("md5", header)).was(Trouble.DAMAGED)) {
      compared.add(Digest.MD5);
    }
    Call call =
        trial
            .call("PUT", "sha256", "")
            .sending(Body.of(Trial.CONTENT), Seal.hashed(PayloadHash.of(OTHER)));
    if (comparesSha256(call)) {
      compared.add(Digest.SHA256);
    }
    return compared;
  }

  /// The signature is right for what it says, so that a store may take either view of it.
  private boolean comparesSha256(Call call) throws StoreException {
    try {
      trial.make(call);
      return false;
    } catch (StoreException e) {
      return e.code().equals("SignatureDoesNotMatch") || !Trial.refusal(e).done();
    }
  }

  private Crc32c crc32c() throws StoreException {
    String other = Checksum.base64(Checksum.of(OTHER).crc32c());
    if (!Trial.tried(() -> trial.putSealed("crc", new Header(CHECKSUM, other)))
        .was(Trouble.DAMAGED)) {
      return Crc32c.NONE;
    }
    return keepsWholeCrc32c() ? Crc32c.WHOLE : Crc32c.PARTS;
  }

  private boolean keepsWholeCrc32c() throws StoreException {
    UploadId upload;
    try {
      upload =
          trial.begin(
              "parts",
              new Header("x-amz-checksum-algorithm", "CRC32C"),
              new Header("x-amz-checksum-type", "FULL_OBJECT"));
    } catch (StoreException e) {
      return Trial.refusal(e).done();
    }
    String query = Call.parameter("uploadId", upload.value());
    try {
      complete(query);
    } catch (StoreException e) {
      trial.make("DELETE", "parts", query);
      return Trial.refusal(e).done();
    }
    Answer told = trial.make("HEAD", "parts", "", new Header("x-amz-checksum-mode", "ENABLED"));
    trial.make("DELETE", "parts", "");
    return told.field(CHECKSUM).orElse("").equals(trial.crc32c())
        && !told.field("x-amz-checksum-type").orElse("").equals("COMPOSITE");
  }

  private void complete(String query) throws StoreException {
    String crc = trial.crc32c();
    Seal seal = new Seal(Trial.hashed().hash(), List.of(new Header(CHECKSUM, crc)), crc, true);
    Answer part =
        trial.make(
            trial
                .call("PUT", "parts", "partNumber=1&" + query)
                .sending(Body.of(Trial.CONTENT), seal));
    String etag = part.field("ETag").map(Documents::unquoted).orElse("");
    byte[] document = Documents.completion(List.of(new Part(1, etag, Trial.CONTENT.length, crc)));
    trial.make(
        trial
            .call("POST", "parts", query)
            .sending(Body.of(document), Seal.hashed(PayloadHash.of(document)))
            .slowly());
  }
}
