package org.diskferry.depot.s3;

import java.nio.charset.StandardCharsets;

/// Text that is to stand in a header.
final class HeaderText {
  private HeaderText() {}

  /// As the bytes of its UTF-8, one `char` each, without line ends.
  static String oneLine(String text) throws S3Fault {
    if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
      throw new S3Fault(S3Code.InvalidArgument, "A header must be one line.");
    }
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
