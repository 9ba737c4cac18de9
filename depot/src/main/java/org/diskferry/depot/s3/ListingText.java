package org.diskferry.depot.s3;

import java.util.ArrayList;
import java.util.List;
import org.diskferry.access.AccountId;
import org.diskferry.access.signing.Percent;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Listing;

/// What both versions of ListObjects have in common.
final class ListingText {
  /// Most keys and common prefixes in a page, as S3 has it.
  static final int MOST = 1000;

  private final Call call;
  private final Bucket bucket;
  private final Listing.Query query;
  private final boolean encoded;
  private final int most;

  ListingText(Call call, Bucket bucket) throws S3Fault {
    Parameters parameters = call.query();
    this.call = call;
    this.bucket = bucket;
    this.query = new Listing.Query(parameters.value("prefix"), parameters.value("delimiter"));
    this.most = parameters.number("max-keys", 0, MOST, MOST);
    this.encoded = isEncoded(parameters);
  }

  static boolean isEncoded(Parameters parameters) throws S3Fault {
    String type = parameters.value("encoding-type");
    if (!type.isEmpty() && !type.equals("url")) {
      throw new S3Fault(S3Code.InvalidArgument, "Invalid Encoding Method specified in Request");
    }
    return !type.isEmpty();
  }

  Listing.Query query() {
    return query;
  }

  /// A page from `start` on.
  Page page(Listing listing, Listing.Start start) {
    if (most == 0) {
      return new Page(List.of(), false);
    }
    List<Listing.Row> rows = listing.page(bucket, query, start, most + 1);
    boolean more = rows.size() > most;
    return new Page(more ? rows.subList(0, most) : rows, more);
  }

  /// The beginning of the document.
  XmlText begin(Page page) {
    XmlText xml =
        XmlText.document("ListBucketResult")
            .leaf("Name", bucket.name().value())
            .leaf("Prefix", text(query.prefix()))
            .leafUnlessEmpty("Delimiter", text(query.delimiter()))
            .leaf("MaxKeys", most)
            .leaf("IsTruncated", page.more());
    if (encoded) {
      xml.leaf("EncodingType", "url");
    }
    return xml;
  }

  /// The rows, and the end of the document.
  Answer end(XmlText xml, Page page, boolean owners) {
    List<Listing.CommonPrefix> prefixes = new ArrayList<>();
    for (Listing.Row row : page.rows()) {
      switch (row) {
        case Listing.Found found -> contents(xml, found, owners);
        case Listing.CommonPrefix prefix -> prefixes.add(prefix);
      }
    }
    for (Listing.CommonPrefix prefix : prefixes) {
      xml.open("CommonPrefixes").news("Prefix", text(prefix.name())).close("CommonPrefixes");
    }
    return Answer.ok(xml.close("ListBucketResult"));
  }

  String text(String name) {
    return encoded ? Percent.encodePath(name) : name;
  }

  /// A parameter as it was sent, encoded like a key.
  String parameter(String name) {
    return text(call.query().value(name));
  }

  private void contents(XmlText xml, Listing.Found found, boolean owners) {
    xml.open("Contents")
        .news("Key", text(found.name()))
        .leaf("LastModified", Times.iso(found.modified()))
        .leaf("ETag", ObjectHeaders.quoted(found.etag()));
    StoredChecksum.parse(found.checksum())
        .ifPresent(checksum ->
            xml.leaf("ChecksumAlgorithm", checksum.algorithm().name())
                .leaf("ChecksumType", checksum.type()));
    xml.leaf("Size", found.size());
    if (owners) {
      AclText.owner(xml, new AccountId(found.owner()));
    }
    xml.leaf("StorageClass", found.storageClass()).close("Contents");
  }

  /// Rows of a page.
  ///
  /// @param more whether others follow
  record Page(List<Listing.Row> rows, boolean more) {
    String last() {
      return rows.getLast().name();
    }
  }
}
