package org.diskferry.store.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoreException.Trouble;
import org.diskferry.store.http.Answer;

/// Whether an answer to a request for a range brought that range (RFC 9110, section 14).
final class Ranges {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final int PARTIAL = 206;

  private Ranges() {}

  static void check(Call call, Answer answer, long first, long last) throws StoreException {
    String range = answer.field("Content-Range").orElse("");
    if (answer.status() != PARTIAL) {
      // A store may answer the whole, if the whole was asked for.
      if (first != 0 || !answer.delivered()) {
        throw wrong(call, "the store does not know ranges: it sent the whole object");
      }
      return;
    }
    Matcher matcher = CONTENT_RANGE.matcher(range);
    if (!answer.delivered()
        || !matcher.matches()
        || Long.parseLong(matcher.group(1)) != first
        || Long.parseLong(matcher.group(2)) != last) {
      throw wrong(call, "bytes " + first + "-" + last + " were asked for, " + range + " came");
    }
  }

  private static StoreException wrong(Call call, String what) {
    return new StoreException(Trouble.REFUSED, "InvalidRange", call + ": " + what);
  }
}
