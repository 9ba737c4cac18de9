package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.diskferry.depot.acl.Caller;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.blob.Blobs;
import org.diskferry.depot.blob.Readers;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Entry;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Piece;
import org.diskferry.depot.index.Rejected;

/// GetObject and HeadObject.
final class GetObject implements Operation {
  private static final String ACTION = "s3:GetObject";

  private static final List<String> OVERRIDES =
      List.of(
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-type",
          "expires");

  private final Index index;
  private final Blobs blobs;
  private final Authorization authorization;
  private final boolean withBytes;

  GetObject(Index index, Blobs blobs, Authorization authorization, boolean withBytes) {
    this.index = index;
    this.blobs = blobs;
    this.authorization = authorization;
    this.withBytes = withBytes;
  }

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Readers.Reader reader = blobs.readers().begin();
    try {
      Answer answer = answer(call, reader);
      if (!(answer instanceof Answer.Bytes)) {
        reader.close();
      }
      return answer;
    } catch (IOException | Rejected | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private Answer answer(Call call, Readers.Reader reader) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    Entry entry = Lookup.object(call, bucket, index, authorization, ACTION, Permission.READ);
    Conditions conditions = Conditions.of(call);
    conditions.checkMatch(entry.facts());
    if (!conditions.isNews(entry.facts())) {
      return new Answer.Bare(304, ObjectHeaders.validators(entry.facts()).map());
    }
    Answer.Fields fields = ObjectHeaders.about(entry.facts());
    ByteRange range = range(call, entry, fields);
    override(call, fields);
    checksum(call, entry.facts(), range, fields);
    fields.put("content-length", Long.toString(range.length()));
    if (range.partial()) {
      fields.put("content-range", range.contentRange(entry.facts().size()));
    }
    int status = range.partial() ? 206 : 200;
    return withBytes && range.length() > 0
        ? new Answer.Bytes(
            status, fields.map(), new ObjectContent(index, blobs, reader, entry.content(), range))
        : new Answer.Bare(status, fields.map());
  }

  private ByteRange range(Call call, Entry entry, Answer.Fields fields) throws S3Fault {
    long size = entry.facts().size();
    if (call.query().has("partNumber")) {
      return part(call, entry, fields);
    }
    return ByteRange.of(call.header("range"), size);
  }

  /// The bytes that a part was; an object that was stored in one go is its only part.
  private ByteRange part(Call call, Entry entry, Answer.Fields fields) throws S3Fault {
    int number = call.query().number("partNumber", 1, Integer.MAX_VALUE, 1);
    if (!call.header("range").isEmpty()) {
      throw new S3Fault(
          S3Code.InvalidRequest, "A range and a partNumber cannot be asked for together.");
    }
    long size = entry.facts().size();
    List<Piece> pieces = index.objects().pieces(entry.content(), 0, size);
    boolean whole = pieces.isEmpty() || pieces.getFirst().number() == 0;
    if (whole && number == 1) {
      return ByteRange.all(size);
    }
    fields.put("x-amz-mp-parts-count", Integer.toString(pieces.size()));
    return pieces.stream()
        .filter(piece -> !whole && piece.number() == number)
        .findFirst()
        .map(piece -> new ByteRange(piece.at(), piece.at() + piece.length(), true))
        .orElseThrow(() -> new S3Fault(S3Code.InvalidPartNumber));
  }

  private static void override(Call call, Answer.Fields fields) throws S3Fault {
    for (String name : OVERRIDES) {
      String value = call.query().value("response-" + name);
      if (!value.isEmpty()) {
        if (call.caller() instanceof Caller.Nobody) {
          throw new S3Fault(
              S3Code.InvalidRequest,
              "Request specific response headers cannot be used for anonymous GET requests.");
        }
        fields.put(name, HeaderText.oneLine(value));
      }
    }
  }

  /// A checksum is of the whole object, so it is of no use to who reads a part.
  private static void checksum(Call call, Facts facts, ByteRange range, Answer.Fields fields) {
    String mode = call.header("x-amz-checksum-mode").toUpperCase(Locale.ROOT);
    if (mode.equals("ENABLED") && !range.partial()) {
      StoredChecksum checksum = StoredChecksum.of(facts);
      fields.put(checksum.algorithm().header(), checksum.value());
      fields.put("x-amz-checksum-type", checksum.type());
    }
  }
}
