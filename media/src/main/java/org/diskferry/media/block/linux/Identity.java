package org.diskferry.media.block.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// What tells a device from every other one, as far as the system knows.
///
/// @param fingerprint the same for the same device in any bay: WWN or serial number of a disk,
///   device and inode of an image
/// @param description for people: model and serial number, or the image's name
public record Identity(String fingerprint, String description) {
  private static final List<String> WORLD_WIDE_NAME = List.of("device/wwid", "wwid");
  private static final List<String> SERIAL_NUMBER = List.of("device/serial", "serial");
  private static final List<String> BACKING_FILE = List.of("loop/backing_file");

  static Identity of(Target target) throws IOException {
    return target.isDisk() ? ofDisk(target) : ofImage(target);
  }

  private static Identity ofImage(Target target) throws IOException {
    Object device = Files.getAttribute(target.path(), "unix:dev");
    Object inode = Files.getAttribute(target.path(), "unix:ino");
    return new Identity("image:" + device + ":" + inode, target.path().getFileName().toString());
  }

  // USB bridges may hide name and serial number: then the place it has now is the best there is.
  private static Identity ofDisk(Target target) throws IOException {
    String model = target.sys("device/model").orElse("disk");
    Optional<String> serial = firstOf(target, SERIAL_NUMBER);
    String description = model + " " + serial.orElse(target.name());
    Optional<String> wwid = firstOf(target, WORLD_WIDE_NAME);
    if (wwid.isPresent()) {
      return new Identity("wwid:" + wwid.get(), description);
    }
    if (serial.isPresent()) {
      return new Identity("serial:" + model + ":" + serial.get(), description);
    }
    Optional<String> backing = firstOf(target, BACKING_FILE);
    return new Identity(
        backing.map(file -> "loop:" + file).orElse("place:" + target.path()), description);
  }

  private static Optional<String> firstOf(Target target, List<String> files) throws IOException {
    for (String file : files) {
      Optional<String> text = target.sys(file);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }
}
