package org.diskferry.station.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.diskferry.media.MediaException;
import org.diskferry.station.catalogue.Row;

/// What is done about a file that the medium does not give.
sealed interface HurtFiles {

  /// The row's file failed with `trouble`, which is not that the device is gone.
  ///
  /// @return why it cannot be loaded, for the customer; empty where it is to be tried again
  String reason(Row row, MediaException trouble, Examination examination)
      throws MediaException, IOException;

  /// Whether no file was hurt so far.
  boolean isEmpty();

  /// Looks at a file closely.
  @FunctionalInterface
  interface Examination {
    /// Which of its bytes cannot be read, in words; empty where that cannot be said.
    String unreadable(Row row) throws MediaException, IOException;
  }

  /// It is left for the end.
  final class LeftForLater implements HurtFiles {
    private final AtomicLong count = new AtomicLong();

    @Override
    public String reason(Row row, MediaException trouble, Examination examination) {
      count.incrementAndGet();
      return "";
    }

    @Override
    public boolean isEmpty() {
      return count.get() == 0;
    }
  }

  /// It has had its second chance: the reason is told, with the bytes.
  final class Told implements HurtFiles {
    @Override
    public String reason(Row row, MediaException trouble, Examination examination)
        throws MediaException, IOException {
      String bytes = examination.unreadable(row);
      return bytes.isEmpty() ? trouble.getMessage() : bytes + ": " + trouble.getMessage();
    }

    @Override
    public boolean isEmpty() {
      return true;
    }
  }
}
