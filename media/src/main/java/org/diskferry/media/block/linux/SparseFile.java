package org.diskferry.media.block.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.diskferry.media.block.Extent;

/// A file of which only parts were ever written (lseek(2), `SEEK_DATA`).
public final class SparseFile {
  private SparseFile() {}

  /// The parts of `file` that hold data, in order; both ends of an [Extent] are offsets in the
  /// file. A file system that cannot tell answers with the whole file. Zeros that were written are
  /// data.
  public static List<Extent> written(Path file) throws IOException {
    List<Extent> parts = new ArrayList<>();
    int descriptor = Libc.open(file.toString(), Libc.O_RDONLY | Libc.O_CLOEXEC);
    require(descriptor, file);
    try {
      long start = Libc.lseek(descriptor, 0, Libc.SEEK_DATA);
      while (start != -Libc.ENXIO) {
        require(start, file);
        long end = Libc.lseek(descriptor, start, Libc.SEEK_HOLE);
        require(end, file);
        parts.add(new Extent(start, start, end - start));
        start = Libc.lseek(descriptor, end, Libc.SEEK_DATA);
      }
    } finally {
      Libc.close(descriptor);
    }
    return parts;
  }

  private static void require(long result, Path file) throws IOException {
    if (result < 0) {
      throw new IOException(file + ": " + Libc.explain(result));
    }
  }
}
