package org.diskferry.media.fs;

import java.nio.ByteBuffer;
import java.util.List;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.Extent;

/// Where the bytes of a file are.
public sealed interface Content {

  /// Runs on the volume, in logical order, not overlapping. What lies between and after them, up to
  /// `size`, is a hole that the format defines to read as zeros; nothing else is ever left out.
  record Extents(long size, List<Extent> runs) implements Content {
    /// Checks order and size.
    public Extents {
      runs = List.copyOf(runs);
      long end = 0;
      for (Extent run : runs) {
        if (run.logical() < end || run.logicalEnd() > size) {
          throw new IllegalArgumentException(run + " does not follow " + end + " within " + size);
        }
        end = run.logicalEnd();
      }
    }

    /// All of a file of `size` bytes in one run from byte `physical` of its volume on.
    public static Extents ofOne(long physical, long size) {
      return new Extents(size, List.of(new Extent(0, physical, size)));
    }

    /// Whether one run is all there is: neither another nor a hole.
    public boolean isOne() {
      return runs.size() == 1 && runs.getFirst().length() == size;
    }

    /// The form of a file of this content; where it is empty, there is none.
    public Node.Form form() {
      if (size == 0) {
        return Node.Form.NONE;
      }
      return isOne() ? Node.Form.ONE_EXTENT : Node.Form.EXTENTS;
    }
  }

  /// Content that has to be decoded (compressed); readable at any position all the same.
  non-sealed interface Encoded extends Content {
    /// Bytes when decoded.
    long size();

    /// Fills `target` with decoded bytes from `position` on; the range must lie within `size`.
    void read(long position, ByteBuffer target) throws MediaException;
  }

  /// Content that the metadata itself holds.
  record Inline(ByteBuffer bytes) implements Content {
    /// Copies the remaining bytes.
    public Inline {
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
      bytes = copy.put(bytes.duplicate()).flip().asReadOnlyBuffer();
    }
  }

  /// Content that cannot be had. `reason` is for the customer and says why.
  record Unreadable(String reason) implements Content {}
}
