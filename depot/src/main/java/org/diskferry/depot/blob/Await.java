package org.diskferry.depot.blob;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.diskferry.depot.blob.BlobException.Trouble;

/// Waiting for what another thread does to the disk.
final class Await {
  private Await() {}

  /// What the other thread came to.
  ///
  /// @throws BlobException what it ended with; `FAILED` for anything unforeseen
  static <T> T done(CompletableFuture<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a blob was written", e);
    } catch (ExecutionException e) {
      String message = String.valueOf(e.getMessage());
      if (e.getCause() instanceof BlobException cause) {
        throw new BlobException(cause.trouble(), String.valueOf(cause.getMessage()), cause);
      }
      throw new BlobException(Trouble.FAILED, "a blob was not written: " + message, e);
    }
  }
}
