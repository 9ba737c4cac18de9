package org.diskferry.station.load;

import org.diskferry.station.report.ProofLevel;

/// The level of proof of each row: two bits of a byte each. Safe for many threads, one a row.
final class Levels {
  private final byte[] levels;

  Levels(int rows) {
    levels = new byte[rows];
  }

  void set(int row, ProofLevel level) {
    levels[row] =
        switch (level) {
          case READ_BACK -> 3;
          case CHECKSUM -> 2;
          case ETAG -> 1;
          case NONE -> 0;
        };
  }

  ProofLevel at(int row) {
    return switch (levels[row]) {
      case 3 -> ProofLevel.READ_BACK;
      case 2 -> ProofLevel.CHECKSUM;
      case 1 -> ProofLevel.ETAG;
      default -> ProofLevel.NONE;
    };
  }
}
