package org.diskferry.station.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.diskferry.job.dispatch.DeviceIdentity;
import org.diskferry.job.dispatch.LoadSummary;
import org.diskferry.job.dispatch.WorkOrder;
import org.diskferry.job.log.FileOutcome;

/// The log's companion for programs: the same rows in the same order with what the log has no
/// column for (reasons, proof levels), and how the device was read. See docs/formats.md.
public final class JsonReport implements AutoCloseable {
  private final Writer out;
  private boolean first = true;

  private JsonReport(Writer out) {
    this.out = out;
  }

  /// Begins a report in place of what was there.
  ///
  /// @param fromMedium whether the second pass, or the reading back, read the medium itself, past
  ///   all caches
  public static JsonReport create(
      Path path, WorkOrder order, DeviceIdentity device, boolean fromMedium) throws IOException {
    Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
    out.write("{\"job\":" + JsonText.quoted(order.job().value()));
    out.write(",\"revision\":" + order.revision());
    out.write(",\"device\":" + JsonText.quoted(device.description()));
    out.write(",\"deviceBytes\":" + device.size());
    out.write(",\"secondPassFromMedium\":" + fromMedium);
    out.write(",\"rows\":[");
    return new JsonReport(out);
  }

  /// Adds a row.
  public void add(FileOutcome row, ProofLevel level) throws IOException {
    out.write(first ? "\n" : ",\n");
    first = false;
    out.write("{\"file\":" + JsonText.quoted(row.file()));
    out.write(",\"status\":" + row.status());
    out.write(",\"code\":" + JsonText.quoted(row.code()));
    out.write(",\"bytes\":" + row.bytes());
    text("key", row.key());
    text("md5", row.md5());
    text("reason", row.reason());
    if (level != ProofLevel.NONE) {
      text("proof", level.name());
    }
    out.write("}");
  }

  private void text(String name, String value) throws IOException {
    if (!value.isEmpty()) {
      out.write(",\"" + name + "\":" + JsonText.quoted(value));
    }
  }

  /// Ends the report.
  public void end(LoadSummary summary) throws IOException {
    end(summary, List.of());
  }

  /// Ends the report, with what else there is to say.
  public void end(LoadSummary summary, List<String> remarks) throws IOException {
    out.write("\n],\"files\":" + summary.files());
    out.write(",\"bytes\":" + summary.bytes());
    out.write(",\"ignored\":" + summary.ignored());
    out.write(",\"errors\":" + summary.errors());
    if (!remarks.isEmpty()) {
      List<String> quoted = remarks.stream().map(JsonText::quoted).toList();
      out.write(",\"remarks\":[" + String.join(",", quoted) + "]");
    }
    out.write("}\n");
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
