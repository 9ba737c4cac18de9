package org.diskferry.app.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diskferry.app.operator.Verb;
import org.diskferry.job.Job;
import org.diskferry.job.JobId;
import org.diskferry.job.JobStoreException;
import org.diskferry.job.Secret;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.server.dispatch.DockDesk;
import org.diskferry.server.dispatch.DockEntry;
import org.diskferry.server.dispatch.LockCodes;
import org.diskferry.server.dispatch.Shipment;
import org.diskferry.station.dock.BayState;
import org.diskferry.station.dock.Dock;
import tools.jackson.databind.JsonNode;

/// The operator's verbs about devices: those that concern the bay go to the dock, those that
/// concern the job to the server's desk.
final class DockVerbs {
  private final Dock dock;
  private final DockDesk desk;
  private final LockCodes codes;

  DockVerbs(Dock dock, DockDesk desk, LockCodes codes) {
    this.dock = dock;
    this.desk = desk;
    this.codes = codes;
  }

  /// By name.
  Map<String, Verb> all() {
    return Map.of(
        "dock list", arguments -> list(),
        "dock attach", this::attach,
        "dock detach", this::detach,
        "dock pin", arguments -> pin(job(arguments)),
        "dock hold", arguments -> moved(desk.hold(job(arguments))),
        "dock waive", arguments -> moved(desk.waive(job(arguments))),
        "dock release", arguments -> moved(desk.release(job(arguments))),
        "dock return", this::returned);
  }

  private Object attach(JsonNode arguments) throws IOException {
    String job = arguments.path("job").asString("");
    dock.attach(device(arguments), job.isEmpty() ? null : parse(job));
    return Map.of("device", device(arguments).toString(), "state", "attached");
  }

  private Object detach(JsonNode arguments) throws IOException {
    dock.detach(device(arguments));
    return Map.of("device", device(arguments).toString(), "state", "leaving");
  }

  private Object pin(JobId job) throws Exception {
    Secret code =
        codes
            .of(job)
            .orElseThrow(() -> new IOException("job " + job + " has no pinCode, or is over"));
    byte[] digits = code.reveal();
    String pin = new String(digits, StandardCharsets.US_ASCII);
    Arrays.fill(digits, (byte) 0);
    return Map.of("job", job.value(), "pin", pin);
  }

  private Object returned(JsonNode arguments) throws Exception {
    Shipment shipment =
        new Shipment(
            arguments.path("carrier").asString(""), arguments.path("tracking").asString(""));
    return moved(desk.returned(job(arguments), shipment));
  }

  private static Map<String, Object> moved(Job job) {
    return Map.of("job", job.id().value(), "state", job.state().name());
  }

  private static Path device(JsonNode arguments) throws IOException {
    String device = arguments.path("device").asString("");
    if (device.isEmpty()) {
      throw new IOException("which device?");
    }
    return Path.of(device);
  }

  private static JobId job(JsonNode arguments) throws IOException {
    return parse(arguments.path("job").asString(""));
  }

  private static JobId parse(String typed) throws IOException {
    Optional<JobId> job = JobId.typed(typed);
    return job.orElseThrow(() -> new IOException("not a job id: " + typed));
  }

  // What is in a bay, then what is here and in no bay.
  private List<Map<String, Object>> list() throws JobStoreException {
    Map<String, DockEntry> entries = new LinkedHashMap<>();
    for (DockEntry entry : desk.list()) {
      entries.put(entry.job().id().value(), entry);
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    Set<String> inBays = new HashSet<>();
    for (BayState bay : dock.list()) {
      inBays.add(bay.job());
      rows.add(row(bay, Optional.ofNullable(entries.get(bay.job()))));
    }
    for (DockEntry entry : entries.values()) {
      if (!inBays.contains(entry.job().id().value())) {
        rows.add(row(entry));
      }
    }
    return rows;
  }

  private static Map<String, Object> row(BayState bay, Optional<DockEntry> entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("bay", bay.bay());
    row.put("device", bay.device());
    row.put("job", bay.job());
    row.put("state", bay.state());
    row.put("status", entry.map(e -> e.status().progress().word()).orElse(""));
    row.put("message", bay.message());
    Progress progress = bay.progress();
    row.put("phase", progress.phase().name());
    row.put("doneFiles", progress.doneFiles());
    row.put("files", progress.files());
    row.put("doneBytes", progress.doneBytes());
    row.put("bytes", progress.bytes());
    row.put("filesPerSecond", bay.pace().files());
    row.put("bytesPerSecond", bay.pace().bytes());
    bay.pace().left(progress).ifPresent(left -> row.put("secondsLeft", left.toSeconds()));
    return row;
  }

  private static Map<String, Object> row(DockEntry entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("bay", "");
    row.put("device", "");
    row.put("job", entry.job().id().value());
    row.put("state", "in no bay");
    row.put("status", entry.status().progress().word());
    row.put("message", entry.status().progressMessage());
    return row;
  }
}
