package org.diskferry.depot.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.diskferry.depot.acl.Permission;
import org.diskferry.depot.index.Bucket;
import org.diskferry.depot.index.Index;
import org.diskferry.depot.index.Listing;
import org.diskferry.depot.index.Rejected;

/// ListObjects, the second version. The continuation token says behind what the next page begins.
record ListObjectsV2(Index index, Authorization authorization) implements Operation {
  private static final char AFTER_KEY = 'k';
  private static final char BEHIND_PREFIX = 'p';

  @Override
  public Answer answer(Call call) throws IOException, Rejected {
    Bucket bucket = index.buckets().named(call.bucket());
    authorization.check(call, bucket, "s3:ListBucket", Permission.READ);
    ListingText text = new ListingText(call, bucket);
    ListingText.Page page = text.page(index.listing(), start(call.query()));
    XmlText xml =
        text.begin(page)
            .leaf("KeyCount", page.rows().size())
            .leafUnlessEmpty("StartAfter", text.parameter("start-after"))
            .leafUnlessEmpty("ContinuationToken", call.query().value("continuation-token"));
    if (page.more()) {
      xml.leaf("NextContinuationToken", token(page.rows().getLast()));
    }
    boolean owners = call.query().value("fetch-owner").equals("true");
    return text.end(xml, page, owners);
  }

  private static Listing.Start start(Parameters query) throws S3Fault {
    if (query.has("continuation-token")) {
      return start(query.value("continuation-token"));
    }
    String after = query.value("start-after");
    return after.isEmpty() ? Listing.Start.FIRST : Listing.Start.after(after);
  }

  private static Listing.Start start(String token) throws S3Fault {
    String text = decoded(token);
    String name = text.isEmpty() ? "" : text.substring(1);
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case AFTER_KEY -> Listing.Start.after(name);
      case BEHIND_PREFIX -> Listing.Start.behindAll(name);
      default ->
          throw new S3Fault(S3Code.InvalidArgument, "The continuation token provided is incorrect");
    };
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private static String token(Listing.Row last) {
    char kind =
        switch (last) {
          case Listing.Found _ -> AFTER_KEY;
          case Listing.CommonPrefix _ -> BEHIND_PREFIX;
        };
    byte[] bytes = (kind + last.name()).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
