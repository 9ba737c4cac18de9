package org.diskferry.media.fs.hfsplus;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Names are composed for people, and never so that two of them become one.
class NamesTest {
  @Test
  void decomposedNamesAreComposed() {
    assertThat(Names.text("U\u0308nter")).isEqualTo("Ünter");
    assertThat(Names.text("\u1112\u1161\u11ab")).isEqualTo("한");
    assertThat(Names.text("\u03b1\u0313\u0301")).isEqualTo("ἄ");
    assertThat(Names.text("plain")).isEqualTo("plain");
  }

  @Test
  void aSlashOfTheDiskIsAColonForPeople() {
    assertThat(Names.text("10/2 a")).isEqualTo("10:2 a");
  }

  @Test
  void whatAppleLeavesAloneStaysApart() {
    assertThat(Names.text("\u212b")).isEqualTo("\u212b");
    assertThat(Names.text("A\u030a")).isEqualTo("Å");
    assertThat(Names.text("\u2260")).isEqualTo("\u2260");
    assertThat(Names.text("=\u0338")).isEqualTo("=\u0338");
    assertThat(Names.text("=\u0338 u\u0308")).isEqualTo("=\u0338 ü");
    assertThat(Names.text("\uf900")).isEqualTo("\uf900");
    assertThat(Names.text("\u212b e\u0301")).isEqualTo("\u212b é");
  }

  @Test
  void aResourceForkIsNamedAsMacOsDoes() {
    assertThat(Names.ofResourceFork("a").text()).isEqualTo("a:com.apple.ResourceFork");
  }

  @Test
  void twoNamesOfTheDiskNeverBecomeOne() {
    int[] points = {
      'a', 'A', '=', 0x212B, 0xC5, 0x30A, 0x338, 0x2260, 0xF900, 0x8C48, 0x1112, 0x1161, 0x11AB,
      0x301, 0x327, 0x344, 0x308, 0x340, 0x958, 0x915, 0x93C, 0x2126, 0x3A9
    };
    Random random = new Random(1);
    Map<String, String> storedBy = new HashMap<>();
    for (int i = 0; i < 40_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = 1 + random.nextInt(4); length > 0; length--) {
        name.appendCodePoint(points[random.nextInt(points.length)]);
      }
      // As macOS writes it: what it would not write has no place of its own to be told apart.
      String stored = Names.decomposed(name.toString());
      String shown = Names.text(stored);
      String other = storedBy.putIfAbsent(shown, stored);
      assertThat(other == null || other.equals(stored))
          .as("%s and %s", escaped(stored), escaped(String.valueOf(other)))
          .isTrue();
      assertThat(Normalizer.normalize(shown, Form.NFD))
          .isEqualTo(Normalizer.normalize(stored, Form.NFD));
    }
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    name.chars().forEach(unit -> text.append("%04X ".formatted(unit)));
    return text.toString();
  }
}
