package org.diskferry.app.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diskferry.app.home.Home;
import org.diskferry.app.operator.OperatorClient;
import org.diskferry.app.screen.Table;
import org.diskferry.app.service.RunningService;
import org.diskferry.job.JobId;
import org.diskferry.job.dispatch.Progress.Phase;
import org.diskferry.station.dock.BayState;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoredObject;
import org.diskferry.tool.Tool;
import org.diskferry.tool.screen.Bar;
import picocli.CommandLine;

/// What every part of the demo shows with: steps, commands as they would be typed, bars, logs. A
/// step that does not end as it should throws.
final class DemoStage {
  private static final Duration GLANCE = Duration.ofMillis(200);

  /// Work that makes no progress for so long has stopped.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int ROWS_SHOWN = 8;
  private static final Pattern JOB_ID = Pattern.compile("JobId: (\\w{5})");

  private final RunningService service;
  private final Home home;
  private final Path folder;
  private final PrintWriter out;

  DemoStage(RunningService service, Home home, Path folder, PrintWriter out) {
    this.service = service;
    this.home = home;
    this.folder = folder;
    this.out = out;
  }

  RunningService service() {
    return service;
  }

  Home home() {
    return home;
  }

  PrintWriter out() {
    return out;
  }

  /// A file of the demo's own.
  Path file(String name) {
    return folder.resolve(name);
  }

  void step(String what) {
    out.println();
    out.println("── " + what);
    out.flush();
  }

  /// Makes a job; its SIGNATURE is written into `tree`.
  ///
  /// @param kind `Import` or `Export`
  JobId createJob(String kind, String manifest, Path tree) throws IOException {
    Path file = Files.writeString(file(kind.toLowerCase(Locale.ROOT) + "-manifest.txt"), manifest);
    Matcher id = JOB_ID.matcher(command("CreateJob", kind, file.toString(), tree.toString()));
    if (!id.find()) {
      throw new IOException("CreateJob named no job");
    }
    return new JobId(id.group(1));
  }

  /// Puts a disk into the dock.
  ///
  /// @return where it is there
  Path dock(Path image) throws IOException, InterruptedException {
    Path name = Path.of(image.getFileName().toString().replace(".part", ""));
    Path docked = home.dock().resolve(name);
    Path arriving = docked.resolveSibling(name + ".part");
    Files.move(image, arriving, StandardCopyOption.REPLACE_EXISTING);
    Thread.sleep(1500);
    Files.move(arriving, docked);
    return docked;
  }

  /// Takes a disk out of its bay.
  void detach(Path device) throws IOException, InterruptedException {
    out.println("$ diskferry dock detach " + device);
    new OperatorClient(home.operatorSocket())
        .call("dock detach", Map.of("device", device.toString()));
    // It is closed at its visit's next step.
    Thread.sleep(1000);
  }

  /// Runs one of the customer's commands as it would be typed, and shows it.
  ///
  /// @return what it said
  String command(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of(words));
    out.println("$ diskferry " + String.join(" ", words));
    if (!words[0].equals("disk")) {
      line.addAll(
          List.of(
              "--endpoint", service.jobs().toString(),
              "--credentials", home.keys().resolve("customer.user").toString(),
              "--ca-bundle", home.keys().resolve("cert.pem").toString()));
    }
    StringWriter said = new StringWriter();
    CommandLine commands = Tool.withVerbs(new CommandLine(new Words()));
    commands.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    int code = commands.execute(line.toArray(String[]::new));
    out.print(said);
    if (code != 0) {
      throw new IOException(words[0] + " ended with " + code);
    }
    return said.toString();
  }

  @CommandLine.Command(name = "diskferry")
  private static final class Words {}

  /// Shows how far the job's device is until it is done.
  void follow(JobId job) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    Phase shown = Phase.HOLD;
    Bar bar = Bar.ofBytes("", InstantSource.system());
    while (true) {
      Optional<BayState> bay = service.bay(job);
      if (bay.isPresent()) {
        BayState state = bay.get();
        if (state.progress().phase() != shown) {
          bar.close();
          shown = state.progress().phase();
          out.println("   " + word(shown));
          out.flush();
          bar = Bar.ofBytes(word(shown), InstantSource.system());
        }
        bar.at(state.progress().doneBytes(), state.progress().bytes());
        if (state.state().equals("done")) {
          bar.close();
          return;
        }
        if (List.of("on hold", "refused", "failed").contains(state.state())) {
          bar.close();
          throw new IOException("the device is " + state.state() + ": " + state.message());
        }
      }
      if (Instant.now().isAfter(deadline)) {
        bar.close();
        throw new IOException("the device was not done within " + PATIENCE + ": " + bay);
      }
      Thread.sleep(GLANCE);
    }
  }

  private static String word(Phase phase) {
    return switch (phase) {
      case SCAN -> "reading what is on it";
      case LOAD -> "reading and storing";
      case FORMAT -> "making the volume";
      case FILL -> "fetching and writing";
      case VERIFY -> "reading again and comparing";
      case PROVE -> "asking the store";
      case HOLD -> "on hold";
      case ERASE -> "erasing and reading back";
      case DONE -> "done";
    };
  }

  /// Shows the log, or some of it.
  ///
  /// @return bytes of its files that are `200 OK`
  long showLog(BucketName bucket, String key) throws StoreException {
    StoredObject log =
        service
            .store()
            .head(bucket, new ObjectKey(key))
            .orElseThrow(() -> new IllegalStateException("there is no log " + key));
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(log.size()));
    service.store().read(bucket, new ObjectKey(key), log.etag(), 0, bytes);
    List<DemoLog.Row> rows = DemoLog.read(StandardCharsets.UTF_8.decode(bytes.flip()).toString());
    TreeMap<String, Long> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(row.status() + " " + row.code(), 1L, Long::sum));
    List<List<String>> shown = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += Math.max(1, rows.size() / ROWS_SHOWN)) {
      shown.add(rows.get(i).cells());
    }
    new Table(DemoLog.HEADING).lines(shown).forEach(out::println);
    out.printf("(%d of %d rows; all: %s)%n", shown.size(), rows.size(), counts);
    return rows.stream()
        .filter(row -> row.status().equals("200"))
        .mapToLong(DemoLog.Row::bytes)
        .sum();
  }
}
