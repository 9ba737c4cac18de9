package org.diskferry.station.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.diskferry.media.MediaException;
import org.diskferry.media.fs.ContentReader;
import org.diskferry.station.catalogue.Row;
import org.diskferry.station.journal.Fact;
import org.diskferry.station.journal.Fact.Assurance;
import org.diskferry.station.journal.Fact.PartStored;
import org.diskferry.station.journal.Journal;
import org.diskferry.station.journal.Upload;
import org.diskferry.store.Body;
import org.diskferry.store.BucketName;
import org.diskferry.store.Checksum;
import org.diskferry.store.Headers;
import org.diskferry.store.ObjectKey;
import org.diskferry.store.ObjectStore.Part;
import org.diskferry.store.ObjectStore.Stored;
import org.diskferry.store.ObjectStore.UploadId;
import org.diskferry.store.StoreException;
import org.jspecify.annotations.Nullable;

/// Stores one file in parts, going on with an upload that was begun before.
///
/// The file is read from the start in any case, for the MD5 of the log has no middle; a part that
/// the store has already is not sent again if the device still gives the bytes that were sent.
/// Parts that fit into memory are sent by as many lanes as are free while the next are read; larger
/// ones stream one after the other.
final class PartsTransfer {
  private final Transfer transfer;
  private final Row row;
  private final ObjectKey key;
  private final ContentReader content;
  private final BucketName bucket;
  private final Journal journal;
  private final PartRule rule;
  private final FileSums sums = new FileSums();
  private final ConcurrentNavigableMap<Integer, PartStored> parts = new ConcurrentSkipListMap<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  PartsTransfer(Transfer transfer, Row row, ObjectKey key, ContentReader content) {
    this.transfer = transfer;
    this.row = row;
    this.key = key;
    this.content = content;
    this.bucket = transfer.bench().rules().bucket();
    this.journal = transfer.bench().journal();
    this.rule = PartRule.of(row.size(), transfer.settings().partBytes());
  }

  void run() throws MediaException, StoreException, IOException {
    Headers headers = transfer.bench().rules().headers(row, transfer.head(row, content));
    UploadId upload = upload(headers);
    send(upload);
    sums.end();
    List<Part> list =
        parts.values().stream()
            .map(part -> new Part(part.number(), part.etag(), part.size(), part.sent()))
            .toList();
    String md5 = sums.md5();
    transfer.request(() -> {
      Stored answer = transfer.store().complete(bucket, key, upload, list);
      int count = rule.count();
      transfer.note(row, key, headers, sums, md5, answer.etag(), count, assurance(answer));
      return answer;
    });
  }

  private UploadId upload(Headers headers) throws StoreException, IOException {
    String mark = transfer.bench().rules().mark(row, key);
    Optional<Upload> before = journal.upload(row.number());
    if (before.isPresent()) {
      Upload known = before.get();
      if (known.mark().equals(mark)
          && known.partBytes() == rule.partBytes()
          && !known.isOnlyIntended()) {
        parts.putAll(known.parts());
        return new UploadId(known.id());
      }
      new OrphanUploads(transfer.store(), journal).drop(known);
    }
    journal.append(new Fact.UploadIntended(row.number(), mark, bucket, key));
    UploadId begun =
        transfer.request(() -> {
          UploadId id = transfer.store().begin(bucket, key, headers);
          journal.append(
              new Fact.UploadBegun(row.number(), mark, bucket, key, id.value(), rule.partBytes()));
          return id;
        });
    return begun;
  }

  private void send(UploadId upload) throws MediaException, StoreException, IOException {
    List<Thread> sending = new ArrayList<>();
    try {
      for (int number = 1; number <= rule.count() && failure.get() == null; number++) {
        if (rule.partBytes() <= transfer.settings().bufferedBytes()) {
          sendBuffered(upload, number, sending);
        } else {
          sendStreamed(upload, number);
        }
      }
    } finally {
      Lanes.joinAll(sending);
    }
    Lanes.rethrow(failure.get());
    if (parts.size() != rule.count()) {
      throw new IllegalStateException(parts.size() + " of " + rule.count() + " parts of " + key);
    }
  }

  private void sendBuffered(UploadId upload, int number, List<Thread> sending)
      throws MediaException, IOException {
    long length = rule.length(number, row.size());
    Cargo cargo = transfer.cargo(row, content, rule.start(number), length);
    cargo.addTo(sums);
    long crc = cargo.crc32c();
    if (isStored(number, crc)) {
      cargo.close();
      return;
    }
    sending.add(
        Thread.ofVirtual()
            .start(() -> {
              try (cargo) {
                transfer.request(() -> {
                  Part answer = part(upload, number, cargo, Checksum.ofCrc32c(crc));
                  stored(answer, crc, assurance(answer, cargo::md5));
                  return answer;
                });
              } catch (StoreException | IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
              }
            }));
  }

  private void sendStreamed(UploadId upload, int number) throws StoreException, IOException {
    long start = rule.start(number);
    long length = rule.length(number, row.size());
    try (StreamBody body = transfer.body(row, content, start, length, sums)) {
      if (parts.containsKey(number)) {
        body.drain();
        if (isStored(number, body.crc32c())) {
          return;
        }
      }
      transfer.request(() -> {
        Part answer = part(upload, number, body, Checksum.NONE);
        stored(answer, body.crc32c(), assurance(answer, body::md5));
        return answer;
      });
    }
  }

  private boolean isStored(int number, long crc) {
    PartStored known = parts.get(number);
    return known != null && known.crc32c() == crc;
  }

  private Part part(UploadId upload, int number, Body body, Checksum expected)
      throws StoreException {
    return transfer.store().part(bucket, key, upload, number, body, expected);
  }

  private void stored(Part answer, long crc, Assurance assurance) throws IOException {
    PartStored fact =
        new PartStored(
            row.number(),
            answer.number(),
            answer.etag(),
            answer.size(),
            crc,
            answer.crc32c(),
            assurance);
    journal.append(fact);
    parts.put(answer.number(), fact);
  }

  private static Assurance assurance(Part answer, Supplier<String> md5) {
    if (!answer.crc32c().isEmpty()) {
      return Assurance.COMPARED;
    }
    return answer.etag().equals(md5.get()) ? Assurance.MATCHED : Assurance.NONE;
  }

  private Assurance assurance(Stored answer) {
    Collection<PartStored> all = parts.values();
    if (all.stream().allMatch(part -> part.assurance() == Assurance.COMPARED)) {
      return Assurance.COMPARED;
    }
    boolean vouched = all.stream().noneMatch(part -> part.assurance() == Assurance.NONE);
    return vouched && CompositeEtag.of(all).equals(answer.etag())
        ? Assurance.MATCHED
        : Assurance.NONE;
  }
}
