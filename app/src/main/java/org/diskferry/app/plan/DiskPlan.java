package org.diskferry.app.plan;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.diskferry.app.store.ForeignStore;
import org.diskferry.app.store.StoreChoice;
import org.diskferry.app.store.StoreOptions;
import org.diskferry.mkfs.FileSystem;
import org.diskferry.mkfs.plan.DiskRoom;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.diskferry.store.StoredObject;
import org.diskferry.tool.screen.Bar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `disk plan`: splits a bucket over disks. An operator's verb beside the customer's, because it
/// asks the store.
@Command(
    name = "plan",
    description = {
      "Lists a bucket and prints the operations of as many export manifests as it takes, so that no "
          + "disk runs full before its last object: the sizes of clusters and of everything that "
          + "a file system keeps beside the files are reckoned in. Nothing is written anywhere. "
          + "A plan is as good as the bucket is unchanged.",
      "Ends with 0 when all objects have a place, 4 when some are larger than a disk, 1 when the "
          + "bucket could not be listed."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  disk plan --bucket photos --capacity 4TB --store https://store.example:9000",
      "  disk plan --bucket photos --prefix 2009/ --capacity 500GB --file-system EXT4",
      "  . client.env; disk plan --bucket photos --capacity 4TB --encrypted --json%n"
    })
public final class DiskPlan implements Callable<Integer> {
  private static final int LEFT_OUT = 4;

  // As other clients of S3 have it, and as client.env sets it.
  private static final String ADDRESS = "AWS_ENDPOINT_URL_S3";
  private static final String AUTHORITIES = "AWS_CA_BUNDLE";

  @Option(names = "--bucket", paramLabel = "NAME", required = true, description = "what to split")
  private String bucket = "";

  @Option(
      names = "--capacity",
      paramLabel = "SIZE",
      required = true,
      description = "of each disk: 4TB as it is printed on it, 3.6TiB, or bytes")
  private String capacity = "";

  @Option(
      names = "--file-system",
      paramLabel = "NTFS|EXT4",
      description = "that the disks get (default: ${DEFAULT-VALUE})")
  private FileSystem fileSystem = FileSystem.NTFS;

  @Option(names = "--prefix", paramLabel = "TEXT", description = "only keys that begin so")
  private String prefix = "";

  @Option(
      names = "--target-directory",
      paramLabel = "DIR",
      description = "where on the disk; / for its root (default: the bucket's name)")
  private @Nullable String targetDirectory;

  @Option(names = "--encrypted", description = "the files go into a container")
  private boolean encrypted;

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = "https://host or https://host:port (default: AWS_ENDPOINT_URL_S3)")
  private @Nullable URI address;

  @Mixin private StoreOptions options = new StoreOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  /// In the environment of the process.
  public DiskPlan() {
    this(System.getenv());
  }

  DiskPlan(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Adds the verb to the `disk` of a command line, which answers errors as the others do.
  public static void addTo(CommandLine line) {
    CommandLine plan = new CommandLine(new DiskPlan());
    plan.setExecutionExceptionHandler(line.getExecutionExceptionHandler());
    plan.setParameterExceptionHandler(line.getParameterExceptionHandler());
    CommandLine disk = line.getSubcommands().get("disk");
    if (disk == null) {
      throw new IllegalStateException("the customer's verbs have no disk");
    }
    disk.addSubcommand(plan);
  }

  @Override
  public Integer call() throws IOException, GeneralSecurityException {
    BucketName name = checked(() -> new BucketName(bucket));
    DiskSplit split = checked(this::split);
    try (ObjectStore store = ForeignStore.of(choice(), InstantSource.system()).open(name)) {
      list(store, name, split);
    } catch (StoreException e) {
      throw new IOException("bucket " + bucket + " cannot be listed: " + e.getMessage(), e);
    }
    List<PlannedDisk> disks = split.end();
    print(name, disks, split.leftOut());
    return split.leftOut().isEmpty() ? CommandLine.ExitCode.OK : LEFT_OUT;
  }

  private DiskSplit split() {
    String directory = targetDirectory == null ? bucket : targetDirectory;
    return new DiskSplit(
        new DiskRoom(fileSystem, encrypted),
        Capacity.of(capacity).bytes(),
        directory.replaceAll("^/+|/+$", ""));
  }

  // What was typed is wrong.
  private <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private StoreChoice.Elsewhere choice() {
    String known = environment.getOrDefault(ADDRESS, "");
    URI where = address == null && !known.isEmpty() ? checked(() -> URI.create(known)) : address;
    if (where == null) {
      throw new ParameterException(
          spec.commandLine(), "where is the store? Say --store URL, or set " + ADDRESS);
    }
    StoreChoice.Elsewhere choice = checked(() -> options.at(where, null));
    String authorities = environment.getOrDefault(AUTHORITIES, "");
    return choice.authorities() == null && !authorities.isEmpty()
        ? choice.trusting(Path.of(authorities))
        : choice;
  }

  private void list(ObjectStore store, BucketName name, DiskSplit split) throws StoreException {
    long count = 0;
    String after = "";
    try (Bar bar = Bar.ofCount("listing", "objects", InstantSource.system())) {
      ObjectStore.Page page;
      do {
        page = store.list(name, prefix, after);
        for (StoredObject object : page.objects()) {
          split.add(object);
          after = object.key().value();
        }
        count += page.objects().size();
        bar.at(count, 0);
      } while (page.more());
    }
  }

  private void print(BucketName name, List<PlannedDisk> disks, List<StoredObject> leftOut) {
    PrintWriter out = spec.commandLine().getOut();
    PlanText text = new PlanText(name, prefix, targetDirectory);
    if (json) {
      out.println(text.json(disks, leftOut));
    } else {
      text.manifests(disks).forEach(out::println);
      if (disks.isEmpty()) {
        out.println("# There is nothing to export.");
      }
    }
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    for (StoredObject object : leftOut) {
      err.printf(
          "diskferry: %s is left out: its %d bytes are more than a disk holds%n",
          object.key(), object.size());
    }
    err.flush();
  }
}
