package org.diskferry.depot.s3;

import java.io.IOException;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Listing;
import org.diskferry.depot.index.Rejected;

/// ListObjects, the first version.
record ListObjects(Index index, Authorization authorization) implements Operation {

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.check(call, bucket, "s3:ListBucket", Permission.READ);
    ListingText text = new ListingText(call, bucket);
    ListingText.Page page =
        text.page(index.listing(), start(call.query().value("marker"), text.query()));
    XmlText xml = text.begin(page).leaf("Marker", text.parameter("marker"));
    if (page.more()) {
      xml.news("NextMarker", text.text(page.last()));
    }
    return text.end(xml, page, true);
  }

  /// A page that ended with a common prefix goes on behind all that it stands for.
  private static Listing.Start start(String marker, Listing.Query query) {
    if (marker.isEmpty()) {
      return Listing.Start.FIRST;
    }
    return query.isCommonPrefix(marker)
        ? Listing.Start.behindAll(marker)
        : Listing.Start.after(marker);
  }
}
