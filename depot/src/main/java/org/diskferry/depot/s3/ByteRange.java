package org.diskferry.depot.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bytes of an object.
///
/// @param from first
/// @param end behind the last
/// @param partial whether less than everything was asked for
record ByteRange(long from, long end, boolean partial) {
  private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  static ByteRange all(long size) {
    return new ByteRange(0, size, false);
  }

  /// What a header asks for. One that cannot be read, or that asks for several, asks for everything
  /// (RFC 9110, section 14.2).
  static ByteRange of(String header, long size) throws S3Fault {
    Matcher form = FORM.matcher(header);
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      return all(size);
    }
    if (form.group(1).isEmpty()) {
      return last(Long.parseLong(form.group(2)), size);
    }
    long from = Long.parseLong(form.group(1));
    long end = form.group(2).isEmpty() ? size : Long.parseLong(form.group(2)) + 1;
    if (end <= from && from < size) {
      return all(size);
    }
    if (from >= size) {
      throw new S3Fault(S3Code.InvalidRange);
    }
    return new ByteRange(from, Math.min(end, size), true);
  }

  private static ByteRange last(long count, long size) throws S3Fault {
    if (count == 0 || size == 0) {
      throw new S3Fault(S3Code.InvalidRange);
    }
    return new ByteRange(Math.max(0, size - count), size, true);
  }

  /// A range of a source to be copied, which must lie within it and be written in full.
  static ByteRange exactly(String header, long size) throws S3Fault {
    Matcher form = FORM.matcher(header);
    if (!form.matches() || form.group(1).isEmpty() || form.group(2).isEmpty()) {
      throw new S3Fault(S3Code.InvalidArgument, "The range must be of the form bytes=first-last.");
    }
    long from = Long.parseLong(form.group(1));
    long end = Long.parseLong(form.group(2)) + 1;
    if (from >= end || end > size) {
      throw new S3Fault(S3Code.InvalidRange, "The range is not within the source's bytes.");
    }
    return new ByteRange(from, end, true);
  }

  long length() {
    return end - from;
  }

  String contentRange(long size) {
    return "bytes %d-%d/%d".formatted(from, end - 1, size);
  }
}
