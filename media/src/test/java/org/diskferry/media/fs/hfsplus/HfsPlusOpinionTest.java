package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Set;
import java.util.TreeSet;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.Tool;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Sleuth Kit's listing as a second opinion. Its known defects: it gives up on a volume with
/// hard links; it shows names decomposed, the special files as files, and compressed files twice,
/// once as their attribute.
class HfsPlusOpinionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hfsx", "hfsplus-decmpfs", "hfsplus-journaled", "hfsplus-dfvfs"})
  void aSecondReaderSeesTheSameNames(String name) throws Exception {
    Tool.require(getClass(), "fls");
    MadeDisk disk = HfsPlusDisks.unpack(getClass(), folder, name);
    Set<String> theirs = new TreeSet<>();
    for (String line :
        Tool.run("fls", "-r", "-p", "-u", "-F", disk.image().toString()).lines().toList()) {
      String path = line.substring(line.indexOf('\t') + 1);
      if (line.startsWith("r/r ") && !isSpecial(path)) {
        theirs.add(Normalizer.normalize(path, Form.NFC));
      }
    }
    Set<String> mine = new TreeSet<>();
    for (String path : disk.expected().files().keySet()) {
      mine.add(Normalizer.normalize(path, Form.NFC));
    }
    assertThat(theirs).isEqualTo(mine);
  }

  private static boolean isSpecial(String path) {
    return path.startsWith("$")
        || path.startsWith(".journal")
        || path.startsWith("^^^^HFS+ Private Data");
  }
}
