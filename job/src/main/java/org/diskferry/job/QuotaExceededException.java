package org.diskferry.job;

/// The account has made as many jobs today as it may.
public final class QuotaExceededException extends Exception {
  private static final long serialVersionUID = 1L;

  /// With the limit.
  public QuotaExceededException(Account account, int limit) {
    super("account %s has created %d jobs since midnight UTC, its limit".formatted(account, limit));
  }
}
