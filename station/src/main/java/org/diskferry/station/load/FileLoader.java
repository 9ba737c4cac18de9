package org.diskferry.station.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.diskferry.job.dispatch.EraseProof;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.media.Bounds;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.media.stack.DeviceStack;
import org.diskferry.media.stack.Hints;
import org.diskferry.station.journal.Journal;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Patience;
import org.diskferry.station.task.Pause;
import org.diskferry.station.task.Steering;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;

/// Loads into an [ObjectStore].
public final class FileLoader implements Loader {
  /// Space in use that nothing explains and that is let pass: what a crash leaves allocated to
  /// nothing is less; more may be files that we do not see.
  private static final long MOST_UNEXPLAINED_BYTES = 1 << 20;

  /// A plan of more than this many times what the device has allocated is no plan of real files:
  /// sparse files and hard links multiply bytes, but not by more.
  private static final int MOST_MULTIPLE = 4;

  private final ObjectStore store;
  private final LoadSettings settings;
  private final InstantSource clock;
  private final Reopening reopening;
  private final Pause pause;

  /// Opens the volumes of a device as if for the first time.
  @FunctionalInterface
  public interface Reopening {
    /// In the order of the job's volumes.
    List<DataVolume> volumes(BlockDevice device, Hints hints) throws MediaException;
  }

  /// A loader for any number of devices, on the real world.
  public static FileLoader of(ObjectStore store, LoadSettings settings, InstantSource clock) {
    return new FileLoader(
        store,
        settings,
        clock,
        (device, hints) -> DeviceStack.open(device, Bounds.GENEROUS, hints).volumes(),
        time -> LockSupport.parkNanos(time.toNanos()));
  }

  /// A loader for any number of devices.
  public FileLoader(
      ObjectStore store,
      LoadSettings settings,
      InstantSource clock,
      Reopening reopening,
      Pause pause) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.reopening = reopening;
    this.pause = pause;
  }

  @Override
  public LoadResult load(LoadJob job, Steering steering) throws MediaException, IOException {
    steering.progress(new Progress(Progress.Phase.SCAN, 0, 0, 0, 0));
    job.device().hope();
    try (Workbench bench = Workbench.open(job, clock)) {
      Soundness soundness = Soundness.of(job.volumes());
      List<LoadResult> implausible = implausible(bench, soundness);
      return implausible.isEmpty() ? load(bench, soundness, steering) : implausible.getFirst();
    } catch (AbandonedException e) {
      return new LoadResult.Abandoned();
    } catch (StoreException e) {
      return new LoadResult.Stopped(HoldReason.STORE_REFUSES, describe(job, e));
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return new LoadResult.Stopped(
          HoldReason.UNREADABLE_FILE_SYSTEM, "the file system cannot be read: " + e.getMessage());
    }
  }

  private static List<LoadResult> implausible(Workbench bench, Soundness soundness) {
    long planned = bench.plan().totals().bytes();
    // Volumes that lie upon each other, or a map that lies, allocate more than there is.
    long allocated = Math.min(soundness.allocatedBytes(), bench.job().device().size());
    if (planned / MOST_MULTIPLE <= allocated || bench.job().order().rowsWaived()) {
      return List.of();
    }
    return List.of(
        new LoadResult.Stopped(
            HoldReason.IMPLAUSIBLE_PLAN,
            "the files claim "
                + planned
                + " bytes and the device has "
                + allocated
                + " allocated: leave out sparse files by the manifest's ignore option, or say that"
                + " all is meant to be loaded"));
  }

  private LoadResult load(Workbench bench, Soundness soundness, Steering steering)
      throws MediaException, StoreException, IOException {
    Patience patience = patience();
    patience.with(steering, () -> store.region(bench.rules().bucket()));
    patience.with(steering, () -> dropStale(bench));
    firstPass(bench, steering);
    patience.with(steering, () -> new OrphanUploads(store, bench.journal()).dropAll());
    if (steering.isCanceled()) {
      return new LoadResult.Canceled(log(bench, steering, false, false).summary());
    }
    boolean fromMedium = bench.job().device().dropCache();
    Mismatches mismatches = new Mismatches(bench.journal());
    new SecondPass(bench, steering, mismatches)
        .run(() -> reopening.volumes(bench.job().device(), bench.job().hints()));
    if (!mismatches.isEmpty()) {
      return new LoadResult.Stopped(
          HoldReason.PROOF_FAILED,
          "the device was read a second time and differs: " + mismatches.message());
    }
    Papers.Written written = log(bench, steering, fromMedium, true);
    return bench.job().order().rowsWaived()
        ? written.done()
        : held(bench.job(), soundness, written);
  }

  private Papers.Written log(
      Workbench bench, Steering steering, boolean fromMedium, boolean complete)
      throws StoreException, IOException {
    Papers papers = new Papers(bench, store);
    Papers.Written written =
        papers.write(new Levels(bench.catalogue().size()), fromMedium, complete);
    patience().with(steering, papers::upload);
    return written;
  }

  private static LoadResult held(LoadJob job, Soundness soundness, Papers.Written written) {
    if (!job.unread().isEmpty()) {
      return new LoadResult.Stopped(
          HoldReason.UNREADABLE_FILE_SYSTEM,
          "what could be read is loaded, but " + String.join("; ", job.unread()));
    }
    if (!soundness.unclean().isEmpty()) {
      return new LoadResult.Stopped(
          HoldReason.NOT_CLEAN,
          "all files are loaded as they are, but "
              + String.join("; ", soundness.unclean())
              + ": what that system had not written yet is not on the device");
    }
    if (soundness.unexplainedBytes() > MOST_UNEXPLAINED_BYTES) {
      return new LoadResult.Stopped(
          HoldReason.UNEXPLAINED_SPACE,
          soundness.unexplainedBytes()
              + " bytes are in use and belong to no file that was found: "
              + String.join(", ", soundness.unexplained()));
    }
    return written.done();
  }

  private void dropStale(Workbench bench) throws StoreException, IOException {
    for (Path stale : bench.staleJournals()) {
      try (Journal journal = Journal.open(stale)) {
        new OrphanUploads(store, journal).dropAll();
      }
      Files.delete(stale);
    }
  }

  private Patience patience() {
    return new Patience(settings.storePatience(), clock, pause);
  }

  // A store that does not answer is asked again, with growing pauses, as long as the settings
  // allow.
  private void firstPass(Workbench bench, Steering steering)
      throws MediaException, StoreException, IOException {
    Patience patience = patience();
    while (true) {
      FirstPass pass = new FirstPass(bench, steering);
      try {
        pass.run(store, settings, clock);
        return;
      } catch (StoreException e) {
        if (pass.brought() > 0) {
          patience.renew();
        }
        if (steering.isCanceled()) {
          return;
        }
        patience.bear(e, steering);
      }
    }
  }

  private static String describe(LoadJob job, StoreException e) {
    String advice =
        switch (e.trouble()) {
          case NO_SUCH_BUCKET -> "create the bucket again, or name another by UpdateJob";
          case DENIED -> "grant the right to write there, or name another bucket by UpdateJob";
          case FULL -> "make room";
          case UNAVAILABLE ->
              "it goes on when the store answers and the job is released or updated";
          case NO_SUCH_KEY, NO_SUCH_UPLOAD, PRECONDITION, DAMAGED, REFUSED, SOURCE ->
              "see the station's log";
        };
    String buckets =
        job.order().manifest().bucket().equals(job.order().logBucket())
            ? job.order().logBucket()
            : job.order().manifest().bucket() + ", " + job.order().logBucket();
    return "the store does not take the files (" + buckets + "): " + e.getMessage() + "; " + advice;
  }

  @Override
  public ProofResult prove(LoadJob job, Steering steering) throws MediaException, IOException {
    try (Workbench bench = Workbench.open(job, clock)) {
      Mismatches mismatches = new Mismatches(bench.journal());
      Levels levels =
          new StoreProof(bench, store, settings, steering, mismatches, this::patience).run();
      if (!mismatches.isEmpty()) {
        return new ProofResult.NotProven(
            "the store does not hold what was stored: " + mismatches.message());
      }
      Papers papers = new Papers(bench, store);
      Papers.Written written = papers.write(levels, job.device().dropCache(), true);
      patience().with(steering, papers::uploadReport);
      return proven(job, written);
    } catch (AbandonedException e) {
      return new ProofResult.Abandoned();
    } catch (StoreException e) {
      return new ProofResult.NotProven(describe(job, e));
    } catch (MediaException e) {
      if (e.trouble() == Trouble.GONE) {
        throw e;
      }
      return new ProofResult.NotProven("the device cannot be read any more: " + e.getMessage());
    }
  }

  private ProofResult proven(LoadJob job, Papers.Written written) throws MediaException {
    long planned = written.summary().files();
    return new ProofResult.Proven(
        new EraseProof(
            job.order().revision(),
            job.identity(),
            planned,
            written.summary().bytes(),
            written.summary().errors(),
            Soundness.of(job.volumes()).unexplainedBytes(),
            written.digest(),
            clock.instant()));
  }
}
