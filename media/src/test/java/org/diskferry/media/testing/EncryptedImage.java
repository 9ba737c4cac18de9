package org.diskferry.media.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.diskferry.media.MediaException;
import org.diskferry.media.block.BlockDevice;
import org.diskferry.media.block.linux.Devices;
import org.diskferry.media.crypt.NewVolume;
import org.diskferry.media.crypt.Program;
import org.diskferry.media.crypt.XtsDevice;

/// Encrypted volumes of ours, for tests that need one and do not ask whose.
public final class EncryptedImage {
  private EncryptedImage() {}

  /// Makes the file `volume` with all of `plain`, an image in whole sectors, inside.
  public static Path make(Path plain, Path volume, Program program, String password)
      throws IOException, MediaException {
    try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
      file.setLength(Files.size(plain) + NewVolume.overhead());
    }
    try (BlockDevice device = Devices.openExclusively(volume);
        XtsDevice data =
            NewVolume.of(program, new SecureRandom()).create(device, password.getBytes(UTF_8))) {
      data.write(0, ByteBuffer.wrap(Files.readAllBytes(plain)));
      data.force();
    }
    return volume;
  }
}
