package org.diskferry.media.crypt;

/// Is told how far the trial of a password is.
@FunctionalInterface
public interface Headway {
  /// Nobody is.
  Headway UNSEEN = (done, all) -> {};

  /// `done` of `all` steps, should the password open nothing; it may be over at any time. Called a
  /// few hundred times a second, by one thread at a time, and begun again for each host.
  void at(long done, long all);
}
