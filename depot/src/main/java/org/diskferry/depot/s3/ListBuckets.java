package org.diskferry.depot.s3;

import java.io.IOException;
import java.util.List;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;

/// ListBuckets: those of the caller's account, a page at a time where the client asks for pages.
/// The token is the name of the last bucket.
record ListBuckets(Index index, Authorization authorization) implements Operation {
  private static final int MOST = 10_000;

  @Override
  public Answer answer(Call call) throws IOException {
    authorization.checkAccount(call, "s3:ListAllMyBuckets", "*");
    XmlText xml = XmlText.document("ListAllMyBucketsResult");
    AclText.owner(xml, call.account());
    xml.open("Buckets");
    String prefix = call.query().value("prefix");
    String after = call.query().value("continuation-token");
    int most = call.query().number("max-buckets", 1, MOST, MOST);
    List<Bucket> all =
        index.buckets().of(call.account()).stream()
            .filter(bucket -> bucket.name().value().startsWith(prefix))
            .filter(bucket -> bucket.name().value().compareTo(after) > 0)
            .toList();
    List<Bucket> page = all.subList(0, Math.min(most, all.size()));
    for (Bucket bucket : page) {
      xml.open("Bucket")
          .leaf("Name", bucket.name().value())
          .leaf("CreationDate", Times.iso(bucket.created()))
          .leaf("BucketRegion", bucket.region())
          .close("Bucket");
    }
    xml.close("Buckets").leafUnlessEmpty("Prefix", prefix);
    if (page.size() < all.size()) {
      xml.leaf("ContinuationToken", page.getLast().name().value());
    }
    return Answer.ok(xml.close("ListAllMyBucketsResult"));
  }
}
