package org.diskferry.media.fs.hfsplus;

import java.util.Optional;
import org.diskferry.media.MediaException;

/// What the catalogue holds for the file system itself, told by identity: the two private folders
/// by the names that only it can give to a folder in the root, the journal by where it lies.
final class SystemFiles {
  private static final String LINKED_FILES = "\0\0\0\0HFS+ Private Data";
  private static final String LINKED_FOLDERS = ".HFS+ Private Directory Data\r";
  private static final long NONE = 0;

  /// On a journaled volume no user can have a file of this name in the root. Asked only where the
  /// journal's place cannot be read.
  private static final String JOURNAL = ".journal";

  private static final long UNKNOWN = -1;

  private final VolumeHeader header;
  private final long journalBlock;
  private long linkedFiles = NONE;
  private long linkedFolders = NONE;

  SystemFiles(Structures structures, Optional<JournalPlace> journal) throws MediaException {
    this.header = structures.header();
    this.journalBlock = journal.map(place -> place.offset() / header.blockSize()).orElse(UNKNOWN);
    learn(structures.catalogue(), LINKED_FILES);
    learn(structures.catalogue(), LINKED_FOLDERS);
  }

  private void learn(Catalogue catalogue, String name) throws MediaException {
    try {
      Optional<CatalogRecord> found = catalogue.find(Catalogue.ROOT, name);
      if (found.isPresent() && found.get() instanceof CatalogRecord.Folder folder) {
        isPrivate(new CatalogKey(Catalogue.ROOT, name), folder);
      }
    } catch (MediaException e) {
      // A scan comes by it once more.
      e.localReason();
    }
  }

  /// Whether `folder` is one of the private ones; it is known as such from now on.
  boolean isPrivate(CatalogKey key, CatalogRecord.Folder folder) {
    if (key.parent() != Catalogue.ROOT) {
      return false;
    }
    switch (key.name()) {
      case LINKED_FILES -> linkedFiles = folder.cnid();
      case LINKED_FOLDERS -> linkedFolders = folder.cnid();
      default -> {
        return false;
      }
    }
    return true;
  }

  /// CNID of the folder that holds files with several names; 0 where there is none.
  long linkedFiles() {
    return linkedFiles;
  }

  /// CNID of the folder that holds folders with several names; 0 where there is none.
  long linkedFolders() {
    return linkedFolders;
  }

  boolean isPrivate(long cnid) {
    return cnid != NONE && (cnid == linkedFiles || cnid == linkedFolders);
  }

  /// Whether `file` is the journal or its description.
  boolean isJournal(CatalogKey key, CatalogRecord.File file) {
    if (key.parent() != Catalogue.ROOT || !header.isJournaled() || file.data().first().isEmpty()) {
      return false;
    }
    long start = file.data().first().getFirst().start();
    boolean isJournal =
        journalBlock == UNKNOWN ? key.name().equals(JOURNAL) : start == journalBlock;
    return isJournal || start == header.journalInfoBlock();
  }
}
