package org.diskferry.station.fill;

import java.io.IOException;
import org.diskferry.job.manifest.Manifest;
import org.diskferry.job.naming.ExportName;
import org.diskferry.job.naming.ExportNames;

/// The objects of a selection with their places on the device, in the order of the export: the same
/// whenever it is walked. One thread at a time.
final class Destinations implements AutoCloseable {
  private final Selection.Cursor cursor;
  private final Manifest.S3Export manifest;
  private final ExportNames names;

  /// One object and where it goes.
  record Destination(Wish wish, ExportName name) {}

  Destinations(Selection selection, Manifest.S3Export manifest) throws IOException {
    this.cursor = selection.open();
    this.manifest = manifest;
    this.names =
        new ExportNames(
            manifest.fileSystem(), manifest.recoveryDirectory(), manifest.substitutions());
  }

  /// To the next one; false behind the last.
  boolean advance() throws IOException {
    return cursor.advance();
  }

  /// Of the object where it is; to be asked for once, since a name is given once.
  Destination take() {
    Wish wish = cursor.wish();
    String directory = manifest.operations().get(wish.operation()).targetDirectory();
    return new Destination(wish, names.next(directory, wish.key().value()));
  }

  @Override
  public void close() throws IOException {
    cursor.close();
  }
}
