package org.diskferry.store.s3;

import java.io.IOException;
import org.diskferry.access.Credentials;

/// Where a client takes its credentials from. Called by many threads.
public interface CredentialsSource {

  /// What to sign with now. Cheap: asked before every request.
  ///
  /// @throws IOException if there is none, and why
  Credentials current() throws IOException;

  /// What to sign with after the store said that `expired` is over. May wait for a new one; if
  /// another thread has fetched it already, that one is the answer.
  ///
  /// @throws IOException if there is no other, and why
  Credentials renewed(Credentials expired) throws IOException;

  /// Credentials that last.
  static CredentialsSource of(Credentials lasting) {
    return new CredentialsSource() {
      @Override
      public Credentials current() {
        return lasting;
      }

      @Override
      public Credentials renewed(Credentials expired) throws IOException {
        throw new IOException("the store says that the credentials have expired");
      }
    };
  }
}
