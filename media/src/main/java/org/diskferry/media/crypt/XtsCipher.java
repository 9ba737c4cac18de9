package org.diskferry.media.crypt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All stages of a cascade in one direction. Not thread-safe.
final class XtsCipher {
  private final List<XtsStage> stages;

  private XtsCipher(List<XtsStage> stages) {
    this.stages = stages;
  }

  /// Encrypts with `keys`: those for the data in the order of encryption, then those for the
  /// tweaks. They are not kept.
  static XtsCipher encrypting(Cascade cascade, byte[] keys) {
    return new XtsCipher(stages(cascade, true, keys));
  }

  /// Decrypts; the keys lie in the same order.
  static XtsCipher decrypting(Cascade cascade, byte[] keys) {
    return new XtsCipher(stages(cascade, false, keys).reversed());
  }

  private static List<XtsStage> stages(Cascade cascade, boolean encrypting, byte[] keys) {
    int count = cascade.stages().size();
    List<XtsStage> stages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] data = key(keys, i);
      byte[] tweak = key(keys, count + i);
      stages.add(new XtsStage(cascade.stages().get(i), encrypting, data, tweak));
      Arrays.fill(data, (byte) 0);
      Arrays.fill(tweak, (byte) 0);
    }
    return stages;
  }

  private static byte[] key(byte[] keys, int index) {
    return Arrays.copyOfRange(keys, index * Algorithm.KEY, (index + 1) * Algorithm.KEY);
  }

  /// Transforms `length` bytes in place, a multiple of 16, which begin with unit `first`.
  void transform(long first, byte[] bytes, int offset, int length) {
    for (XtsStage stage : stages) {
      stage.transform(first, bytes, offset, length);
    }
  }
}
