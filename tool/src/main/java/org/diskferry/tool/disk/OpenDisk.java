package org.diskferry.tool.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BadSectors;
import org.diskferry.media.block.BlockSource;
import org.diskferry.media.block.RescueLimits;
import org.diskferry.media.block.RescuingSource;
import org.diskferry.media.stack.Contents;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.tool.screen.Bar;

/// A disk, opened as a station opens it: what cannot be read is narrowed down to sectors, and an
/// encrypted volume is opened by its password. Closing wipes that.
final class OpenDisk implements AutoCloseable {
  /// Ranges named in a line: enough to find the place.
  private static final int MOST_NAMED = 8;

  private final HintsOption.Opened hints;
  private final RescuingSource source;
  private final DeviceStack stack;

  private OpenDisk(HintsOption.Opened hints, RescuingSource source, DeviceStack stack) {
    this.hints = hints;
    this.source = source;
    this.stack = stack;
  }

  static OpenDisk of(Path device, Opening opening, HintsOption option)
      throws IOException, MediaException {
    try (Bar bar = Bar.ofCount("trying the password", "%", InstantSource.system())) {
      HintsOption.Opened hints = option.open(bar);
      try {
        return of(opening.open(device), hints);
      } catch (IOException | MediaException | RuntimeException e) {
        hints.close();
        throw e;
      }
    }
  }

  private static OpenDisk of(BlockSource device, HintsOption.Opened hints) throws MediaException {
    RescuingSource source = new RescuingSource(device, RescueLimits.DEFAULT, System::nanoTime);
    try {
      DeviceStack stack = DeviceStack.open(source, Bounds.GENEROUS, hints.hints());
      return new OpenDisk(hints, source, stack);
    } catch (MediaException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  DeviceStack stack() {
    return stack;
  }

  long size() {
    return source.size();
  }

  int sectorSize() {
    return source.sectorSize();
  }

  /// Why what was asked for is not there; empty where it is.
  Optional<String> missing() {
    return hints.container().isEmpty() || hasContainer(stack.contents())
        ? Optional.empty()
        : Optional.of("there is no container " + hints.container() + " at the top of the disk");
  }

  private static boolean hasContainer(Contents contents) {
    return switch (contents) {
      case Contents.Container _ -> true;
      case Contents.Partitioned(_, var parts) ->
          parts.stream().anyMatch(part -> hasContainer(part.contents()));
      case Contents.Encrypted _, Contents.Files _, Contents.Damaged _ -> false;
      case Contents.Unsupported _, Contents.NotData _, Contents.Empty _, Contents.Unknown _ ->
          false;
    };
  }

  /// The sectors that were asked for so far and could not be read, one line; empty where none.
  Optional<String> bad() {
    List<BadSectors.Range> ranges = source.bad().all();
    if (ranges.isEmpty()) {
      return Optional.empty();
    }
    String named =
        ranges.stream().limit(MOST_NAMED).map(this::sectors).collect(Collectors.joining(", "));
    String more = ranges.size() > MOST_NAMED ? " and more" : "";
    long count = source.bad().bytes() / sectorSize();
    return Optional.of("%d sectors could not be read: %s%s".formatted(count, named, more));
  }

  private String sectors(BadSectors.Range range) {
    long first = range.from() / sectorSize();
    long last = (range.to() - 1) / sectorSize();
    return first == last ? String.valueOf(first) : first + " to " + last;
  }

  @Override
  public void close() {
    source.close();
    hints.close();
  }
}
