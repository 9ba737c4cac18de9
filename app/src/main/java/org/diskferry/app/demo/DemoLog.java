package org.diskferry.app.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.List;
import org.diskferry.tool.screen.Sizes;

/// The customer's log, read as any program would.
final class DemoLog {
  static final List<String> HEADING = List.of("FILE", "STATUS", "CODE", "BYTES", "TYPE", "KEY");

  private DemoLog() {}

  /// One row, as far as it is shown.
  record Row(String file, String status, String code, String key, long bytes, String type) {
    List<String> cells() {
      return List.of(file, status, code, Sizes.of(bytes), type, key);
    }
  }

  static List<Row> read(String csv) {
    return CsvReader.builder().ofNamedCsvRecord(csv).stream().map(DemoLog::row).toList();
  }

  private static Row row(NamedCsvRecord fields) {
    return new Row(
        fields.getField("File"),
        fields.getField("Status"),
        fields.getField("Code"),
        fields.getField("Key"),
        Long.parseLong(fields.getField("Bytes")),
        fields.getField("Content-Type"));
  }
}
