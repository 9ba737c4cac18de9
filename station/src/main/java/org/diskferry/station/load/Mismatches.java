package org.diskferry.station.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.journal.Journal;

/// What was found to differ, and therefore has to be loaded again. Safe for many threads.
final class Mismatches {
  /// Files named in one message: what a person reads; the rest is counted.
  private static final int MOST_NAMED = 20;

  private final Journal journal;
  private final List<String> named = new ArrayList<>();
  private long count;

  Mismatches(Journal journal) {
    this.journal = journal;
  }

  /// The row's object cannot be relied on.
  void add(Row row, String what) throws IOException {
    journal.append(new Fact.Forgotten(row.number()));
    add(row.path() + ": " + what);
  }

  synchronized void add(String what) {
    count++;
    if (named.size() < MOST_NAMED) {
      named.add(what);
    }
  }

  synchronized boolean isEmpty() {
    return count == 0;
  }

  synchronized String message() {
    String more = count > named.size() ? "; and " + (count - named.size()) + " more" : "";
    return String.join("; ", named) + more;
  }
}
