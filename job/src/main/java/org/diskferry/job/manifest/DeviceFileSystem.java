package org.diskferry.job.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The file systems that an export writes, and what each calls a name. Guide, "Export from Amazon
/// S3 Manifest File Options".
public enum DeviceFileSystem {
  /// Of Windows. Microsoft, "Naming Files, Paths, and Namespaces": what Windows can open, not only
  /// what the format can hold. Names that differ in case only are one.
  NTFS {
    private static final String FORBIDDEN = "\\:*?\"<>|";
    private static final int FIRST_PRINTABLE = ' ';

    // Devices of DOS, which Windows finds in every directory, with any extension.
    private static final Set<String> DEVICES =
        Stream.concat(
                Stream.of("CON", "PRN", "AUX", "NUL"),
                IntStream.rangeClosed(1, 9).boxed().flatMap(n -> Stream.of("COM" + n, "LPT" + n)))
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public String cleaned(String name) {
      StringBuilder left = new StringBuilder(name.length());
      name.chars()
          .filter(c -> c >= FIRST_PRINTABLE && FORBIDDEN.indexOf(c) < 0)
          .forEach(c -> left.append((char) c));
      int end = left.length();
      while (end > 0 && (left.charAt(end - 1) == '.' || left.charAt(end - 1) == ' ')) {
        end--;
      }
      return left.substring(0, end);
    }

    @Override
    public boolean isUsable(String name) {
      int dot = name.indexOf('.');
      String stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing();
      return !DEVICES.contains(stem.toUpperCase(Locale.ROOT));
    }

    @Override
    public int length(String name) {
      return name.length();
    }

    // The format's own table folds unit by unit, too.
    @Override
    public char folded(char unit) {
      return Character.toUpperCase(unit);
    }

    @Override
    public List<String> taken() {
      return List.of(
          "$MFT",
          "$MFTMirr",
          "$LogFile",
          "$Volume",
          "$AttrDef",
          "$Bitmap",
          "$Boot",
          "$BadClus",
          "$Secure",
          "$UpCase",
          "$Extend");
    }
  },

  /// Of Linux. All bytes but a slash and a zero.
  EXT4 {
    @Override
    public String cleaned(String name) {
      return name.replace("\0", "");
    }

    @Override
    public boolean isUsable(String name) {
      return true;
    }

    @Override
    public int length(String name) {
      return name.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public char folded(char unit) {
      return unit;
    }

    @Override
    public List<String> taken() {
      return List.of("lost+found");
    }
  };

  /// What both hold at the most: units there, bytes here.
  public static final int LONGEST = 255;

  /// Without the characters that cannot be in a name.
  public abstract String cleaned(String name);

  /// Whether a cleaned name means a file.
  public abstract boolean isUsable(String name);

  /// How long a name is, in the file system's unit.
  public abstract int length(String name);

  /// What a unit of a name is compared by.
  public abstract char folded(char unit);

  /// Names at the root that an empty volume has.
  public abstract List<String> taken();

  /// Whether a name can be had as it is, at the root of a volume that was just made.
  boolean holds(String name) {
    return !name.isEmpty()
        && cleaned(name).equals(name)
        && isUsable(name)
        && length(name) <= LONGEST
        && taken().stream().noneMatch(other -> isSame(name, other));
  }

  private boolean isSame(String one, String other) {
    return one.length() == other.length()
        && IntStream.range(0, one.length())
            .allMatch(i -> folded(one.charAt(i)) == folded(other.charAt(i)));
  }
}
