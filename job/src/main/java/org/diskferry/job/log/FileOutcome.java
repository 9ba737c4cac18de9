package org.diskferry.job.log;

import java.time.Instant;

/// What became of one file: a row of the customer's log.
///
/// @param at when it was done with
/// @param file path on the device without a leading slash
/// @param status number of the guide's table (200, 103, 400 …); 400 and above is an error
/// @param code word of the guide's table (`OK`, `Ignored`, `ReadError` …)
/// @param key `bucket/key` without a leading slash; empty where nothing was stored, but not for an
///   object that an export could not write: nothing else would name it
/// @param md5 of the file's bytes, 32 lower-case hex digits; empty where nothing was stored or
///   written
/// @param bytes size of the file
/// @param contentType as stored; empty where nothing was stored
/// @param etag as the store gave it; empty where nothing was stored
/// @param reason why, for people; empty where the code says all. Goes into the report, not the log
public record FileOutcome(
    Instant at,
    String file,
    int status,
    String code,
    String key,
    String md5,
    long bytes,
    String contentType,
    String etag,
    String reason) {

  private static final int FIRST_ERROR = 400;

  /// Whether this row stands in the way of erasing.
  public boolean isError() {
    return status >= FIRST_ERROR;
  }
}
