package org.diskferry.station.load;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.journal.Journal;
import org.diskferry.station.journal.Upload;
import org.diskferry.store.ObjectStore;
import org.diskferry.store.ObjectStore.PendingUpload;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreException;

/// Drops uploads that will never be finished, so that the customer does not pay for their parts.
final class OrphanUploads {
  private final ObjectStore store;
  private final Journal journal;

  OrphanUploads(ObjectStore store, Journal journal) {
    this.store = store;
    this.journal = journal;
  }

  /// Drops one. If the store may have begun it without our learning its name, all uploads of
  /// exactly its key go that the journal does not know: nobody else's would survive the storing of
  /// this key.
  void drop(Upload upload) throws StoreException, IOException {
    if (upload.isOnlyIntended()) {
      dropNameless(upload);
    } else {
      store.abort(upload.bucket(), upload.key(), new UploadId(upload.id()));
    }
    journal.append(new Fact.UploadEnded(upload.row()));
  }

  private void dropNameless(Upload upload) throws StoreException {
    Set<String> known = journal.uploads().stream().map(Upload::id).collect(Collectors.toSet());
    for (PendingUpload pending : store.uploads(upload.bucket(), upload.key().value())) {
      if (pending.key().equals(upload.key()) && !known.contains(pending.upload().value())) {
        store.abort(upload.bucket(), upload.key(), pending.upload());
      }
    }
  }

  /// Drops all that the journal knows of.
  void dropAll() throws StoreException, IOException {
    for (Upload upload : journal.uploads()) {
      drop(upload);
    }
  }
}
