package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Entry;
import org.diskferry.depot.index.Facts;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Piece;
import org.diskferry.depot.index.Rejected;

/// GetObjectAttributes.
record ObjectAttributes(Index index, Authorization authorization) implements Operation {
  private static final String ACTION = "s3:GetObjectAttributes";
  private static final int MOST_PARTS = 1000;

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    Entry entry = Lookup.object(call, bucket, index, authorization, ACTION, Permission.READ);
    Facts facts = entry.facts();
    Set<String> wanted = wanted(call.header("x-amz-object-attributes"));
    XmlText xml = XmlText.document("GetObjectAttributesResponse");
    if (wanted.contains("ETag")) {
      xml.leaf("ETag", facts.etag());
    }
    if (wanted.contains("Checksum")) {
      checksum(xml.open("Checksum"), StoredChecksum.of(facts)).close("Checksum");
    }
    if (wanted.contains("ObjectParts")) {
      parts(xml, call, entry);
    }
    if (wanted.contains("StorageClass")) {
      xml.leaf("StorageClass", facts.storageClass());
    }
    if (wanted.contains("ObjectSize")) {
      xml.leaf("ObjectSize", facts.size());
    }
    String text = xml.close("GetObjectAttributesResponse").toString();
    Answer.Fields fields = new Answer.Fields().put("last-modified", Times.http(facts.modified()));
    return new Answer.Document(200, fields.map(), text);
  }

  private static Set<String> wanted(String header) throws S3Fault {
    if (header.isEmpty()) {
      throw new S3Fault(S3Code.InvalidRequest, "x-amz-object-attributes is missing.");
    }
    return Arrays.stream(header.split(",", -1)).map(String::strip).collect(Collectors.toSet());
  }

  private static XmlText checksum(XmlText xml, StoredChecksum checksum) {
    return xml.leaf(checksum.algorithm().element(), checksum.value())
        .leaf("ChecksumType", checksum.type());
  }

  private void parts(XmlText xml, Call call, Entry entry) throws S3Fault {
    List<Piece> pieces = index.objects().pieces(entry.content(), 0, entry.facts().size());
    if (pieces.isEmpty() || pieces.getFirst().number() == 0) {
      return;
    }
    int after = number(call.header("x-amz-part-number-marker"), 0);
    int most = Math.min(MOST_PARTS, number(call.header("x-amz-max-parts"), MOST_PARTS));
    List<Piece> rest = pieces.stream().filter(piece -> piece.number() > after).toList();
    List<Piece> page = rest.subList(0, Math.min(most, rest.size()));
    xml.open("ObjectParts")
        .leaf("PartsCount", pieces.size())
        .leaf("PartNumberMarker", after)
        .leaf("NextPartNumberMarker", page.isEmpty() ? after : page.getLast().number())
        .leaf("MaxParts", most)
        .leaf("IsTruncated", page.size() < rest.size());
    for (Piece piece : page) {
      xml.open("Part").leaf("PartNumber", piece.number()).leaf("Size", piece.length());
      StoredChecksum.parse(piece.checksum())
          .ifPresent(sum -> xml.leaf(sum.algorithm().element(), sum.value()));
      xml.close("Part");
    }
    xml.close("ObjectParts");
  }

  private static int number(String header, int other) throws S3Fault {
    try {
      return header.isEmpty() ? other : Integer.parseUnsignedInt(header);
    } catch (NumberFormatException e) {
      throw new S3Fault(S3Code.InvalidArgument, "Not a number: " + header, e);
    }
  }
}
