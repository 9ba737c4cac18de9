package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diskferry.media.Bounds;
import org.diskferry.media.block.FileSource;
import org.diskferry.media.fs.Link;
import org.diskferry.media.fs.Node;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.testing.Listing;
import org.diskferry.media.testing.MadeDisk;
import org.diskferry.media.testing.TreeSnapshot;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every disk of the kit as a device: its files, and what is no plain file, are those of its lists.
class HfsPlusDevicesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          hfsplus-plain, 0, Kit Plain
          hfsplus-deep, 0, Kit Deep
          hfsx, 0, KitX
          hfsplus-journaled, 0, Kit Journal
          hfsplus-hardlinks, 0, KitLinks
          hfsplus-decmpfs, 0, KitComp
          hfsplus-dfvfs, 0, hfsplus_test
          hfsplus-gpt, 2, KitGPT
          hfsplus-apm, 2, KitAPM
          """)
  void filesAndOthersAreThoseOfTheList(String name, int number, String label) throws Exception {
    MadeDisk disk = HfsPlusDisks.unpack(getClass(), folder, name);
    try (FileSource device = disk.open()) {
      DeviceStack stack = DeviceStack.open(device, Bounds.GENEROUS);
      assertThat(stack.unread()).isEmpty();
      DataVolume volume = stack.volumes().getFirst();
      assertThat(stack.volumes()).hasSize(1);
      assertThat(volume.number()).isEqualTo(number);
      assertThat(volume.tree().volume().label()).isEqualTo(label);
      TreeSnapshot found = TreeSnapshot.of(volume.tree());
      assertThat(found.damages()).isEmpty();
      String prefix = number == 0 ? "" : "p" + number + "/";
      Map<String, Listing.Row> rows = new TreeMap<>();
      found
          .files(volume.tree(), volume.bytes())
          .files()
          .forEach((path, row) -> rows.put(prefix + path, row));
      assertThat(rows).isEqualTo(disk.expected().files());
      checkOthers(found, prefix, HfsPlusDisks.others(getClass(), name));
      assertThat(volume.tree().coverage().missing()).isZero();
    }
  }

  private static void checkOthers(TreeSnapshot found, String prefix, List<List<String>> others) {
    Map<String, Set<String>> listed = new HashMap<>();
    Map<String, String> groups = new TreeMap<>();
    for (List<String> other : others) {
      listed.computeIfAbsent(other.get(0), _ -> new TreeSet<>()).add(other.get(1));
      if (other.get(0).equals("hardlink")) {
        groups.put(other.get(1), other.get(2));
      }
    }
    assertThat(paths(found, prefix, Node.Kind.LINK)).isEqualTo(of(listed, "symlink"));
    Set<String> special = new TreeSet<>(of(listed, "fifo"));
    special.addAll(of(listed, "char-device"));
    assertThat(paths(found, prefix, Node.Kind.SPECIAL)).isEqualTo(special);
    Set<String> missing = new TreeSet<>(of(listed, "empty-dir"));
    missing.removeAll(paths(found, prefix, Node.Kind.DIRECTORY));
    assertThat(missing).isEmpty();
    Map<String, Node> files = found.paths(Node.Kind.FILE);
    groups.forEach(
        (path, first) -> assertThat(files.get(path)).as(path).isEqualTo(files.get(first)));
    Set<String> shown = new TreeSet<>();
    for (Link link : found.links()) {
      if (link.parent() == found.root()) {
        shown.add(prefix + link.name().text());
      }
    }
    assertThat(shown).noneMatch(of(listed, "system-file")::contains);
    assertThat(shown).noneMatch(root -> root.contains("HFS+ Private"));
  }

  private static Set<String> of(Map<String, Set<String>> listed, String kind) {
    return listed.getOrDefault(kind, Set.of());
  }

  private static Set<String> paths(TreeSnapshot found, String prefix, Node.Kind kind) {
    Set<String> paths = new TreeSet<>();
    found.paths(kind).keySet().forEach(path -> paths.add(prefix + path));
    return paths;
  }
}
