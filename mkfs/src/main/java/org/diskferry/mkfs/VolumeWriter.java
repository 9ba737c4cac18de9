package org.diskferry.mkfs;

import java.nio.ByteBuffer;
import java.time.Instant;

/// A volume that is being filled.
///
/// Contract, held by `VolumeWriterContract` for every implementation:
///
/// * `reserve` takes all that a file will ever need, in the order of the calls, or changes nothing:
///   what was reserved is never short of room later, however many files are being written at once.
///   An empty file needs its name only.
/// * Every byte of a reserved file is written exactly once before `finish`; parts may come in any
///   order, and those of many files mixed and from many threads. A part begins at a multiple of
///   4,096 and ends at one or at the file's end. `finish` before all is there is the caller's
///   mistake.
/// * `finishUnwritten` ends a file as `finish` does, and asks for no bytes: whatever the medium has
///   at its place is its content, and whoever knows that place may write it. Bytes of the metadata
///   have no such place: a file of less than 4,096 bytes is the caller's mistake.
/// * `withdraw` takes an unfinished file out again, `remove` a finished one, name and room;
///   directories stay. Where no finished file has that path, `remove` changes nothing and says so.
/// * After `checkpoint` has returned, a sudden end (a pulled plug, a kill) and [VolumeMaker#resume]
///   leave a sound volume that holds exactly the files which were finished before the call. What
///   was made later is gone, never half kept. A checkpoint may also come by itself, between two
///   calls.
/// * `close` without failure is a last checkpoint after which the volume is clean; what was not
///   finished is withdrawn.
/// * The first failure is the last: after a [MkfsException] every call throws one, and the volume
///   is as its last checkpoint left it.
/// * Calls may come from several threads; they are carried out one after the other.
public interface VolumeWriter extends AutoCloseable {

  /// Makes room for a file of `size` bytes that was last changed at `modified`.
  Reservation reserve(FilePath path, long size, Instant modified) throws MkfsException;

  /// Writes `bytes` (all that remain) at `position` of a reserved file.
  void write(long file, long position, ByteBuffer bytes) throws MkfsException;

  /// The reserved file was last changed at another time than was said when it was reserved.
  void date(long file, Instant modified) throws MkfsException;

  /// All bytes of the file are written.
  void finish(long file) throws MkfsException;

  /// The bytes of the file are what the medium has, now and whenever somebody writes them there.
  void finishUnwritten(long file) throws MkfsException;

  /// The file that was reserved is not wanted any more.
  void withdraw(long file) throws MkfsException;

  /// The finished file is not wanted any more.
  ///
  /// @return whether there was one: a directory is none, nor is a file that is not finished
  boolean remove(FilePath path) throws MkfsException;

  /// Bytes that are neither used nor reserved; a file needs more than its size.
  long free() throws MkfsException;

  /// Makes what is finished durable.
  void checkpoint() throws MkfsException;

  /// Ends at once, as a sudden end would: the volume is as its last checkpoint left it. Whatever
  /// call is under way in another thread fails.
  void abandon();

  @Override
  void close() throws MkfsException;
}
