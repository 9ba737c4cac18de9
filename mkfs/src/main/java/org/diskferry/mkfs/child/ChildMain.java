package org.diskferry.mkfs.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.diskferry.mkfs.fill.Filler;
import org.diskferry.mkfs.fill.FillerException;
import org.diskferry.mkfs.fill.MetadataDevice;
import org.jspecify.annotations.Nullable;

/// The child: carries out orders from its standard input until that ends.
public final class ChildMain {
  private final DataInputStream orders;
  private final DataOutputStream replies;
  private @Nullable Opened opened;

  /// A volume that was opened.
  private record Opened(MetadataDevice device, Filler filler) {}

  private ChildMain(DataInputStream orders, DataOutputStream replies) {
    this.orders = orders;
    this.replies = replies;
  }

  /// Takes no arguments: what is to be done comes through the pipe.
  public static void main(String[] arguments) throws IOException {
    // Whatever a library prints must not get between the frames.
    FileOutputStream pipe = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    new ChildMain(
            new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in))),
            new DataOutputStream(new BufferedOutputStream(pipe, 1 << 16)))
        .run();
  }

  private void run() throws IOException {
    while (true) {
      Order order;
      try {
        order = Wire.readOrder(orders);
      } catch (EOFException e) {
        return;
      }
      try {
        Wire.write(replies, carryOut(order));
      } catch (FillerException e) {
        Wire.write(replies, new Reply.Failed(e.getMessage()));
        return;
      }
    }
  }

  private Reply carryOut(Order order) throws FillerException {
    return switch (order) {
      case Order.Open open -> open(open);
      case Order.Reserve(var path, var size, var modified) ->
          new Reply.Placed(filler().reserve(path, size, modified), dirtyBytes());
      case Order.Date(var file, var modified) -> {
        filler().date(file, modified);
        yield done();
      }
      case Order.Fill(var file, var content) -> {
        filler().fill(file, Wire.array(content));
        filler().finish(file);
        yield done();
      }
      case Order.Finish(var file) -> {
        filler().finish(file);
        yield done();
      }
      case Order.Withdraw(var path) -> new Reply.Withdrawn(filler().withdraw(path), dirtyBytes());
      case Order.Free _ -> new Reply.FreeBytes(filler().free());
      case Order.Flush _ -> {
        filler().flush();
        volume().device().drain(this::send);
        yield done();
      }
      case Order.Conclude _ -> {
        filler().conclude();
        volume().device().drain(this::send);
        yield done();
      }
      case Order.Bytes _ -> throw new FillerException("bytes came that nobody had asked for");
    };
  }

  private Reply open(Order.Open order) throws FillerException {
    MetadataDevice device = new MetadataDevice(this::ask, order.size());
    opened = new Opened(device, Fillers.open(order.fileSystem(), device, order.sectorSize()));
    return done();
  }

  private Opened volume() throws FillerException {
    Opened volume = opened;
    if (volume == null) {
      throw new FillerException("no volume is open");
    }
    return volume;
  }

  private Filler filler() throws FillerException {
    return volume().filler();
  }

  private long dirtyBytes() throws FillerException {
    return volume().device().dirtyBytes();
  }

  private Reply done() throws FillerException {
    return new Reply.Done(dirtyBytes());
  }

  private byte[] ask(long offset, int length) throws FillerException {
    try {
      Wire.write(replies, new Reply.Read(offset, length));
      if (Wire.readOrder(orders) instanceof Order.Bytes(var bytes) && bytes.remaining() == length) {
        return Wire.array(bytes);
      }
      throw new FillerException("an order came where bytes were awaited");
    } catch (IOException e) {
      throw new FillerException("the pipe is gone", e);
    }
  }

  private void send(long offset, byte[] bytes) throws FillerException {
    try {
      Wire.write(replies, new Reply.Written(offset, ByteBuffer.wrap(bytes)));
    } catch (IOException e) {
      throw new FillerException("the pipe is gone", e);
    }
  }
}
