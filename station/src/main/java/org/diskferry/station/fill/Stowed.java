package org.diskferry.station.fill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.diskferry.job.naming.ExportName;
import org.diskferry.media.MediaException;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.mkfs.FilePath;
import org.diskferry.station.catalogue.Catalogue;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.catalogue.Rows;
import org.diskferry.station.journal.Fact;

/// What should be on the device, to be found by its path: everything that the journal calls
/// written.
final class Stowed {
  private final FillBench bench;
  private final PathIndex index;
  private final int count;

  private Stowed(FillBench bench, PathIndex index, int count) {
    this.bench = bench;
    this.index = index;
    this.count = count;
  }

  /// As far as the journal goes now.
  static Stowed of(FillBench bench) throws IOException {
    PathIndex index = new PathIndex();
    int count = 0;
    try (Destinations destinations = bench.destinations()) {
      while (destinations.advance()) {
        Destinations.Destination next = destinations.take();
        int number = next.wish().number();
        Optional<Fact> outcome = bench.outcome(number);
        if (outcome.isPresent() && Packing.isFull(outcome.get())) {
          break;
        }
        if (outcome.orElse(null) instanceof Fact.Written
            && next.name() instanceof ExportName.Placed placed) {
          index.put(placed.path(), number);
          count++;
        }
      }
    }
    return new Stowed(bench, index, count);
  }

  /// Receives what lies on the device.
  interface Visitor {
    /// A file that should be there.
    void expected(Row row, Fact.Written written) throws MediaException, IOException;

    /// Anything else.
    void stray(Row row) throws MediaException, IOException;
  }

  /// Walks the device's files in the order of their addresses, and then what is no file.
  ///
  /// @return how many that should be there are not
  int walk(Catalogue catalogue, Visitor visitor) throws MediaException, IOException {
    BitSet seen = new BitSet();
    Rows files = catalogue.inAddressOrder();
    while (files.hasNext()) {
      Row row = files.next();
      int number = index.find(row.path());
      if (number >= 0
          && row.lost().isEmpty()
          && bench.outcome(number).orElse(null) instanceof Fact.Written written) {
        seen.set(number);
        visitor.expected(row, written);
      } else {
        visitor.stray(row);
      }
    }
    Rows all = catalogue.inPathOrder();
    while (all.hasNext()) {
      Row row = all.next();
      if (row.kind() != Row.Kind.FILE) {
        visitor.stray(row);
      }
    }
    return count - seen.cardinality();
  }

  /// Looks whether a volume that is gone on with holds what the journal says.
  ///
  /// @return files that it holds beside, which were finished and not written down any more
  /// @throws SomethingMissingException when a file is missing, or there is what is no file
  List<FilePath> strays(List<DataVolume> volumes)
      throws MediaException, IOException, SomethingMissingException {
    List<FilePath> strays = new ArrayList<>();
    List<String> odd = new ArrayList<>();
    try (Catalogue catalogue = Catalogue.scan(volumes, bench.folder("check"))) {
      int missing =
          walk(
              catalogue,
              new Visitor() {
                @Override
                public void expected(Row row, Fact.Written written) {
                  // That it is there is enough: its bytes are compared when all are.
                }

                @Override
                public void stray(Row row) {
                  if (row.kind() == Row.Kind.FILE && row.lost().isEmpty()) {
                    strays.add(new FilePath(List.of(row.path().split("/", -1))));
                  } else {
                    odd.add(row.path() + ": " + row.lost());
                  }
                }
              });
      if (missing > 0 || !odd.isEmpty()) {
        throw new SomethingMissingException(missing + " files are missing", odd);
      }
      return strays;
    }
  }

  /// The volume does not hold what it should.
  static final class SomethingMissingException extends Exception {
    private static final long serialVersionUID = 1L;

    private SomethingMissingException(String what, List<String> odd) {
      super(odd.isEmpty() ? what : what + "; " + odd.getFirst());
    }
  }
}
