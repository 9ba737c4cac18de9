package org.diskferry.media.fs.ext;

/// A set of numbers below a size, one bit each, in pages that exist only where a number is.
final class BlockSet {
  private static final int PAGE_BITS = 1 << 16;

  private final long[][] pages;

  BlockSet(int size) {
    pages = new long[Math.ceilDiv(size, PAGE_BITS)][];
  }

  boolean has(int number) {
    long[] page = pages[number / PAGE_BITS];
    return page != null && (page[number % PAGE_BITS / Long.SIZE] >>> number & 1) != 0;
  }

  /// Adds `number`.
  ///
  /// @return whether it was not there
  boolean add(int number) {
    int index = number / PAGE_BITS;
    long[] page = pages[index];
    if (page == null) {
      page = new long[PAGE_BITS / Long.SIZE];
      pages[index] = page;
    }
    long bit = 1L << number;
    int word = number % PAGE_BITS / Long.SIZE;
    boolean isNew = (page[word] & bit) == 0;
    page[word] |= bit;
    return isNew;
  }
}
