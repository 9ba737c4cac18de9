package org.diskferry.station.fill;

import java.security.SecureRandom;
import java.util.Arrays;
import org.diskferry.job.Secret;
import org.diskferry.job.dispatch.Progress;
import org.diskferry.job.dispatch.Progress.Phase;
import org.diskferry.job.manifest.ContainerFormat;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.crypt.Unlocking;
import org.diskferry.media.stack.Hints;
import org.diskferry.mkfs.VolumeMaker;
import org.diskferry.mkfs.child.ChildVolumes;
import org.diskferry.mkfs.container.ContainerVolumes;
import org.diskferry.mkfs.container.ContainerVolumes.Noise;
import org.diskferry.mkfs.container.ContainerVolumes.Watch;
import org.diskferry.station.task.Steering;

/// Which disk an order asks for: with a password the volume lies in a container `JOBID.tc`. Guide,
/// "Using TrueCrypt Encryption with Export from Amazon S3".
final class ExportDisks {
  private static final String SUFFIX = ".tc";

  private ExportDisks() {}

  static ExportDisk of(FillJob job, FillSettings settings, Steering steering) {
    VolumeMaker plain = new ChildVolumes();
    Manifest.S3Export manifest = job.order().manifest();
    Secret secret = manifest.password();
    if (secret == null) {
      return new NewDisk(job, plain, Hints.NONE, () -> {});
    }
    String name = job.order().job().value() + SUFFIX;
    byte[] password = secret.reveal();
    try {
      ContainerVolumes volumes =
          new ContainerVolumes(
              plain,
              program(manifest.containerFormat()),
              password,
              name,
              settings.quick() ? Noise.LEFT : Noise.RANDOM,
              new SecureRandom(),
              watch(job.device().size(), steering));
      Unlocking unlocking = Unlocking.with(password, 0, steering::isAbandoned);
      return new NewDisk(
          job,
          volumes,
          new Hints(unlocking, name),
          () -> {
            unlocking.close();
            volumes.close();
          });
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  // Random bytes take as long as the device takes to be written once; the customer may cancel.
  private static Watch watch(long size, Steering steering) {
    return new Watch(
        bytes -> steering.progress(new Progress(Phase.FORMAT, 0, 0, bytes, size)),
        () -> steering.isAbandoned() || steering.isCanceled());
  }

  private static Program program(ContainerFormat format) {
    return switch (format) {
      case TRUECRYPT -> Program.TRUECRYPT;
      case VERACRYPT -> Program.VERACRYPT;
    };
  }
}
