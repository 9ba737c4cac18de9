package org.diskferry.media.fs.hfsplus;

import org.jspecify.annotations.Nullable;

/// A set of unsigned 32-bit numbers, one bit each, in pages that exist only where a number is: a
/// few MiB for a disk with millions of files, whose numbers were given out in turn.
final class NumberSet {
  private static final int PAGE_SHIFT = 13;
  private static final int PAGE_WORDS = 1 << (PAGE_SHIFT - 6);
  private static final int FOLDER_SHIFT = 23;

  private final long[] @Nullable [] @Nullable [] pages =
      new long[1 << (Integer.SIZE - FOLDER_SHIFT)][][];
  private boolean isEmpty = true;

  /// Adds `number`.
  ///
  /// @return whether it was not there
  boolean add(long number) {
    isEmpty = false;
    long[] page = page(number);
    int word = word(number);
    boolean isNew = (page[word] >>> number & 1) == 0;
    page[word] |= 1L << number;
    return isNew;
  }

  private long[] page(long number) {
    int folder = (int) (number >>> FOLDER_SHIFT);
    long[] @Nullable [] inFolder = pages[folder];
    if (inFolder == null) {
      inFolder = new long[1 << (FOLDER_SHIFT - PAGE_SHIFT)][];
      pages[folder] = inFolder;
    }
    int index = (int) (number >>> PAGE_SHIFT) & (inFolder.length - 1);
    long[] page = inFolder[index];
    if (page == null) {
      page = new long[PAGE_WORDS];
      inFolder[index] = page;
    }
    return page;
  }

  boolean has(long number) {
    long[] @Nullable [] inFolder = pages[(int) (number >>> FOLDER_SHIFT)];
    if (inFolder == null) {
      return false;
    }
    long[] page = inFolder[(int) (number >>> PAGE_SHIFT) & (inFolder.length - 1)];
    return page != null && (page[word(number)] >>> number & 1) != 0;
  }

  private static int word(long number) {
    return (int) (number >>> 6) & (PAGE_WORDS - 1);
  }

  boolean isEmpty() {
    return isEmpty;
  }

  /// The smallest number of this set that is at least `from`; -1 where there is none.
  long next(long from) {
    long at = from;
    while (at < 1L << Integer.SIZE) {
      long[] @Nullable [] inFolder = pages[(int) (at >>> FOLDER_SHIFT)];
      if (inFolder == null) {
        at = ((at >>> FOLDER_SHIFT) + 1) << FOLDER_SHIFT;
        continue;
      }
      long[] page = inFolder[(int) (at >>> PAGE_SHIFT) & (inFolder.length - 1)];
      if (page == null) {
        at = ((at >>> PAGE_SHIFT) + 1) << PAGE_SHIFT;
        continue;
      }
      long left = page[word(at)] >>> at;
      if (left != 0) {
        return at + Long.numberOfTrailingZeros(left);
      }
      at = ((at >>> 6) + 1) << 6;
    }
    return -1;
  }
}
