package org.diskferry.station.fill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.diskferry.job.dispatch.HoldReason;
import org.diskferry.job.dispatch.LoadSummary;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.media.MediaException;
import org.diskferry.media.MediaException.Trouble;
import org.diskferry.media.stack.DataVolume;
import org.diskferry.mkfs.FilePath;
import org.diskferry.mkfs.MkfsException;
import org.diskferry.mkfs.NewVolume;
import org.diskferry.mkfs.VolumeWriter;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.task.AbandonedException;
import org.diskferry.station.task.Patience;
import org.diskferry.station.task.Pause;
import org.diskferry.station.task.Steering;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.StoreException;
import org.jspecify.annotations.Nullable;

/// Fills devices from an [ObjectStore].
public final class ObjectExporter implements Exporter {
  /// Times that what writes the volume may die, and the volume be made anew, for one device: a
  /// mistake that comes back every time is not mended by going on.
  private static final int MOST_CRASHES = 3;

  private final ObjectStore store;
  private final FillSettings settings;
  private final InstantSource clock;
  private final Disks disks;
  private final Pause pause;

  /// Makes the disk of a job.
  @FunctionalInterface
  interface Disks {
    ExportDisk of(FillJob job, FillSettings settings, Steering steering);
  }

  /// An exporter for any number of devices, on the real world.
  public static ObjectExporter of(ObjectStore store, FillSettings settings, InstantSource clock) {
    return new ObjectExporter(
        store, settings, clock, ExportDisks::of, time -> LockSupport.parkNanos(time.toNanos()));
  }

  /// An exporter for any number of devices.
  ObjectExporter(
      ObjectStore store, FillSettings settings, InstantSource clock, Disks disks, Pause pause) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.disks = disks;
    this.pause = pause;
  }

  @Override
  public FillResult fill(FillJob job, Steering steering) throws MediaException, IOException {
    steering.progress(new Progress(Progress.Phase.SCAN, 0, 0, 0, 0));
    try (FillBench bench = FillBench.open(job, store, patience(), steering, clock);
        ExportDisk disk = disks.of(job, settings, steering)) {
      return new Run(bench, disk, steering).fill();
    } catch (AbandonedException e) {
      return new FillResult.Abandoned();
    } catch (StoreException e) {
      return new FillResult.Stopped(HoldReason.STORE_REFUSES, describe(e));
    } catch (MkfsException e) {
      return stopped(e);
    }
  }

  private static FillResult stopped(MkfsException e) throws MediaException {
    String advice =
        switch (e.trouble()) {
          case DEVICE -> throw new MediaException(Trouble.GONE, e.getMessage(), e);
          case CRASHED, INCONSISTENT -> "see the station's log; dock waive has it tried again";
          case NOT_INSTALLED -> "install it at the station; dock waive has it tried again";
          case TOO_SMALL -> "send a larger device";
        };
    return new FillResult.Stopped(
        HoldReason.CANNOT_FILL,
        "no volume can be made on the device: " + e.getMessage() + "; " + advice);
  }

  private static String describe(StoreException e) {
    String advice =
        switch (e.trouble()) {
          case NO_SUCH_BUCKET -> "create the bucket again, or name another by UpdateJob";
          case DENIED -> "grant the right to list and read it, or name another by UpdateJob";
          case FULL -> "make room for the log";
          case UNAVAILABLE ->
              "it goes on when the store answers and the job is released or updated";
          case NO_SUCH_KEY, NO_SUCH_UPLOAD, PRECONDITION, DAMAGED, REFUSED, SOURCE ->
              "see the station's log";
        };
    return "the store does not do what is asked: " + e.getMessage() + "; " + advice;
  }

  private Patience patience() {
    return new Patience(settings.storePatience(), clock, pause);
  }

  /// One device, once.
  private final class Run {
    private final FillBench bench;
    private final ExportDisk disk;
    private final Steering steering;

    Run(FillBench bench, ExportDisk disk, Steering steering) {
      this.bench = bench;
      this.disk = disk;
      this.steering = steering;
    }

    FillResult fill() throws StoreException, MkfsException, MediaException, IOException {
      if (!bench.journal().isVolumeClosed()) {
        write();
      }
      boolean fromMedium = false;
      if (bench.journal().isVolumeClosed()) {
        fromMedium = bench.job().device().dropCache();
        String differences = ReadBack.differences(bench, disk.read(), steering);
        if (!differences.isEmpty()) {
          bench.condemn(clock.instant(), differences);
          return new FillResult.Stopped(
              HoldReason.PROOF_FAILED,
              "the device was read back and does not hold what was written: " + differences);
        }
      }
      boolean canceled = steering.isCanceled();
      FillPapers papers = new FillPapers(bench, store);
      LoadSummary summary = papers.write(fromMedium);
      patience().with(steering, papers::upload);
      return canceled && summary.ignored() > 0
          ? new FillResult.Canceled(summary)
          : new FillResult.Done(summary);
    }

    // A child that dies costs what came after the last checkpoint; a volume that cannot be gone on
    // with, or that it dies of twice when it is opened, is made anew.
    private void write() throws StoreException, MkfsException, MediaException, IOException {
      int crashes = 0;
      int deadOnOpening = 0;
      String anew = "";
      while (!steering.isCanceled() || !bench.journal().volumes().isEmpty()) {
        VolumeWriter volume = null;
        try {
          volume = open(anew);
          anew = "";
          deadOnOpening = 0;
          Packing.Source source = new Packing.Source(store, ObjectExporter.this::patience);
          Packing.run(bench, volume, source, settings, clock, steering);
          volume.close();
          bench.journal().append(new Fact.VolumeClosed());
          return;
        } catch (MkfsException e) {
          crashes++;
          deadOnOpening += volume == null ? 1 : 0;
          boolean crashed = e.trouble() == MkfsException.Trouble.CRASHED;
          boolean inconsistent =
              e.trouble() == MkfsException.Trouble.INCONSISTENT || (crashed && deadOnOpening > 1);
          boolean passing = inconsistent || crashed;
          abandon(volume);
          requireWanted();
          if (!passing || crashes > MOST_CRASHES) {
            throw e;
          }
          anew = inconsistent ? e.getMessage() : "";
        } catch (CancellationException e) {
          // While there was nothing to be filled yet.
          requireWanted();
          return;
        } catch (StoreException | MediaException | IOException | RuntimeException e) {
          abandon(volume);
          throw e;
        }
      }
    }

    private void requireWanted() throws AbandonedException {
      if (steering.isAbandoned()) {
        throw new AbandonedException();
      }
    }

    private static void abandon(@Nullable VolumeWriter volume) {
      if (volume != null) {
        volume.abandon();
      }
    }

    /// @param anew why the volume is not to be gone on with; empty where nothing speaks against it
    private VolumeWriter open(String anew) throws MkfsException, MediaException, IOException {
      Path folder = bench.volumeFolder();
      List<Fact.VolumeMade> made = bench.journal().volumes();
      NewVolume wanted =
          new NewVolume(
              NewDisk.fileSystem(bench.job().order()),
              bench.job().order().job().value(),
              bench.plannedAt(),
              bench.entries());
      if (made.isEmpty() || !anew.isEmpty()) {
        // First it is written down: what the journal calls written is gone from here on.
        bench.journal().append(new Fact.VolumeMade(clock.instant(), anew));
        return disk.make(wanted, folder);
      }
      VolumeWriter volume = disk.resume(wanted, folder);
      try {
        sweep(volume);
        return volume;
      } catch (MkfsException | MediaException | IOException | RuntimeException e) {
        volume.abandon();
        throw e;
      }
    }

    // What was finished and not written down any more is fetched again; what was written down must
    // be there.
    private void sweep(VolumeWriter volume) throws MkfsException, MediaException, IOException {
      try {
        List<DataVolume> volumes = disk.read();
        for (FilePath stray : Stowed.of(bench).strays(volumes)) {
          volume.remove(stray);
        }
      } catch (Stowed.SomethingMissingException e) {
        throw new MkfsException(
            MkfsException.Trouble.INCONSISTENT, String.valueOf(e.getMessage()), e);
      } catch (MediaException e) {
        if (e.trouble() == Trouble.GONE) {
          throw e;
        }
        throw new MkfsException(
            MkfsException.Trouble.INCONSISTENT,
            "the volume cannot be read any more: " + e.getMessage(),
            e);
      }
    }
  }
}
