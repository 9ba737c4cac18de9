package org.diskferry.app.screen;

import java.util.ArrayList;
import java.util.List;

/// Columns that line up, two blanks apart; the last is as wide as it likes.
public final class Table {
  private final List<String> heading;

  /// With these column names.
  public Table(List<String> heading) {
    this.heading = List.copyOf(heading);
  }

  /// The heading and the rows.
  public List<String> lines(List<List<String>> rows) {
    int[] widths = new int[heading.size()];
    widen(widths, heading);
    rows.forEach(row -> widen(widths, row));
    List<String> lines = new ArrayList<>();
    lines.add(line(widths, heading));
    rows.forEach(row -> lines.add(line(widths, row)));
    return lines;
  }

  private static void widen(int[] widths, List<String> row) {
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      widths[i] = Math.max(widths[i], cell.codePointCount(0, cell.length()));
    }
  }

  private static String line(int[] widths, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell);
      int missing = widths[i] - cell.codePointCount(0, cell.length()) + 2;
      line.repeat(' ', missing);
    }
    return line.toString().stripTrailing();
  }
}
