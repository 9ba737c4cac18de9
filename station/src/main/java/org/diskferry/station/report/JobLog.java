package org.diskferry.station.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.diskferry.job.log.FileOutcome;

/// The customer's log: CSV by RFC 4180 in UTF-8, a header and one line a row. Guide, "Amazon S3 and
/// Amazon EBS Log File Fields".
public final class JobLog implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final CsvWriter csv;

  private JobLog(CsvWriter csv) {
    this.csv = csv;
  }

  /// Begins a log in place of what was there.
  public static JobLog create(Path path) throws IOException {
    CsvWriter csv =
        CsvWriter.builder().build(Files.newBufferedWriter(path, StandardCharsets.UTF_8));
    csv.writeRecord(
        "DateTime", "File", "Status", "Code", "Key", "MD5", "Bytes", "Content-Type", "ETag");
    return new JobLog(csv);
  }

  /// Adds a row; those of an import come in path order, those of an export in the order of the
  /// export.
  public void add(FileOutcome row) {
    csv.writeRecord(
        TIME.format(row.at()),
        row.file(),
        Integer.toString(row.status()),
        row.code(),
        row.key(),
        row.md5(),
        Long.toString(row.bytes()),
        row.contentType(),
        row.etag());
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
