package org.diskferry.media.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.media.testing.Tool;

/// Where the bytes of files lie on an image, as The Sleuth Kit says: `fls` for the names, `istat`
/// for the addresses.
final class SleuthKit {
  private static final Pattern FILE = Pattern.compile("r/r ([-0-9]+):\t(.*)");
  private static final Pattern ADDRESSES = Pattern.compile("[-0-9 ]+");

  private SleuthKit() {}

  static void require(Class<?> test) {
    Tool.require(test, "fls", "istat");
  }

  /// For each live file the addresses of its content in units of the format, in logical order, 0
  /// for a hole; none for content that lies in the metadata.
  static Map<String, List<Long>> addresses(Path image) throws IOException, InterruptedException {
    Map<String, List<Long>> addresses = new TreeMap<>();
    for (String line : Tool.run("fls", "-r", "-p", "-F", image.toString()).split("\n", -1)) {
      Matcher file = FILE.matcher(line);
      if (file.matches()) {
        String status = Tool.run("istat", image.toString(), file.group(1));
        addresses.put(file.group(2), content(status));
      }
    }
    return addresses;
  }

  // The list follows its title; NTFS has one for each attribute, of which the unnamed content
  // counts.
  private static List<Long> content(String status) {
    List<Long> found = new ArrayList<>();
    boolean inContent = false;
    for (String line : status.split("\n", -1)) {
      if (ADDRESSES.matcher(line).matches()) {
        if (inContent) {
          for (String word : line.strip().split(" +", -1)) {
            add(word, found);
          }
        }
      } else {
        inContent =
            line.startsWith("Direct Blocks:")
                || line.startsWith("Sectors:")
                || line.startsWith("Data Fork Blocks:")
                || (line.startsWith("Type: $DATA") && line.contains("Name: N/A"));
      }
    }
    return found;
  }

  // `637`, or `637-639` for those that follow one another.
  private static void add(String word, List<Long> found) {
    String[] ends = word.split("-", 2);
    for (long at = Long.parseLong(ends[0]); at <= Long.parseLong(ends[ends.length - 1]); at++) {
      found.add(at);
    }
  }
}
