package org.diskferry.station.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.diskferry.station.journal.Fact.Assurance;
import org.diskferry.station.journal.Fact.Failed;
import org.diskferry.station.journal.Fact.Forgotten;
import org.diskferry.station.journal.Fact.PartStored;
import org.diskferry.station.journal.Fact.Planned;
import org.diskferry.station.journal.Fact.Stored;
import org.diskferry.station.journal.Fact.UploadBegun;
import org.diskferry.station.journal.Fact.UploadEnded;
import org.diskferry.station.journal.Fact.UploadIntended;
import org.diskferry.station.journal.Fact.VolumeClosed;
import org.diskferry.station.journal.Fact.VolumeMade;
import org.diskferry.station.journal.Fact.Written;
import org.diskferry.store.BucketName;
import org.diskferry.store.ObjectKey;

/// Facts as bytes: a letter, then the fields in their order, big-endian, texts as length and UTF-8.
/// See docs/formats.md. What is read was written by us and is guarded by a checksum.
final class FactCodec {

  private FactCodec() {}

  static byte[] encode(Fact fact) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(fact, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Fact fact, DataOutputStream out) throws IOException {
    switch (fact) {
      case Planned(int revision, Instant at) -> {
        out.writeByte('P');
        out.writeInt(revision);
        instant(at, out);
      }
      case UploadIntended(int row, String mark, BucketName bucket, ObjectKey key) -> {
        out.writeByte('I');
        out.writeInt(row);
        texts(out, mark, bucket.value(), key.value());
      }
      case UploadBegun begun -> {
        out.writeByte('B');
        out.writeInt(begun.row());
        texts(out, begun.mark(), begun.bucket().value(), begun.key().value(), begun.upload());
        out.writeLong(begun.partBytes());
      }
      case PartStored part -> {
        out.writeByte('T');
        out.writeInt(part.row());
        out.writeInt(part.number());
        texts(out, part.etag());
        out.writeLong(part.size());
        out.writeLong(part.crc32c());
        texts(out, part.sent());
        out.writeByte(letter(part.assurance()));
      }
      case UploadEnded(int row) -> {
        out.writeByte('E');
        out.writeInt(row);
      }
      case Stored stored -> writeStored(stored, out);
      case Failed failed -> {
        out.writeByte('F');
        out.writeInt(failed.row());
        out.writeInt(failed.revision());
        instant(failed.at(), out);
        out.writeInt(failed.status());
        texts(out, failed.code(), failed.reason());
      }
      case VolumeMade(Instant at, String why) -> {
        out.writeByte('V');
        instant(at, out);
        texts(out, why);
      }
      case Written written -> {
        out.writeByte('W');
        out.writeInt(written.row());
        instant(written.at(), out);
        texts(out, written.md5(), written.contentType(), written.etag());
      }
      case VolumeClosed() -> out.writeByte('C');
      case Forgotten(int row) -> {
        out.writeByte('X');
        out.writeInt(row);
      }
    }
  }

  private static void writeStored(Stored stored, DataOutputStream out) throws IOException {
    out.writeByte('S');
    out.writeInt(stored.row());
    texts(out, stored.mark());
    instant(stored.at(), out);
    texts(out, stored.md5());
    out.writeLong(stored.crc32c());
    texts(out, stored.etag());
    out.writeInt(stored.parts());
    out.writeByte(letter(stored.assurance()));
    texts(out, stored.contentType());
    out.writeInt(stored.blocks().count());
    for (int i = 0; i < stored.blocks().count(); i++) {
      out.writeInt((int) stored.blocks().at(i));
    }
  }

  private static void instant(Instant at, DataOutputStream out) throws IOException {
    out.writeLong(at.getEpochSecond());
    out.writeInt(at.getNano());
  }

  private static void texts(DataOutputStream out, String... texts) throws IOException {
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  static Fact decode(ByteBuffer in) {
    byte letter = in.get();
    return switch (letter) {
      case 'P' -> new Planned(in.getInt(), instant(in));
      case 'I' ->
          new UploadIntended(
              in.getInt(), text(in), new BucketName(text(in)), new ObjectKey(text(in)));
      case 'B' ->
          new UploadBegun(
              in.getInt(),
              text(in),
              new BucketName(text(in)),
              new ObjectKey(text(in)),
              text(in),
              in.getLong());
      case 'T' ->
          new PartStored(
              in.getInt(),
              in.getInt(),
              text(in),
              in.getLong(),
              in.getLong(),
              text(in),
              assurance(in.get()));
      case 'E' -> new UploadEnded(in.getInt());
      case 'S' ->
          new Stored(
              in.getInt(),
              text(in),
              instant(in),
              text(in),
              in.getLong(),
              text(in),
              in.getInt(),
              assurance(in.get()),
              text(in),
              blocks(in));
      case 'F' ->
          new Failed(in.getInt(), in.getInt(), instant(in), in.getInt(), text(in), text(in));
      case 'V' -> new VolumeMade(instant(in), text(in));
      case 'W' -> new Written(in.getInt(), instant(in), text(in), text(in), text(in));
      case 'C' -> new VolumeClosed();
      case 'X' -> new Forgotten(in.getInt());
      default -> throw new IllegalStateException("a journal has no facts of kind " + letter);
    };
  }

  private static char letter(Assurance assurance) {
    return switch (assurance) {
      case COMPARED -> 'C';
      case MATCHED -> 'M';
      case NONE -> 'N';
    };
  }

  private static Assurance assurance(byte letter) {
    return switch (letter) {
      case 'C' -> Assurance.COMPARED;
      case 'M' -> Assurance.MATCHED;
      default -> Assurance.NONE;
    };
  }

  private static Instant instant(ByteBuffer in) {
    return Instant.ofEpochSecond(in.getLong(), in.getInt());
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static BlockSums blocks(ByteBuffer in) {
    int[] sums = new int[in.getInt()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = in.getInt();
    }
    return BlockSums.of(sums, sums.length);
  }
}
