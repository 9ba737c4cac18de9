package org.diskferry.depot.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Objects;
import org.diskferry.access.signing.ChunkChain;

/// A body in the encoding `aws-chunked`: `size[;chunk-signature=…] CRLF bytes CRLF`, a chunk of no
/// bytes, trailing headers, an empty line. A chunk's signature is checked when the chunk has ended:
/// what was read before is not to be believed until the end of the stream was reached.
final class AwsChunks extends InputStream {
  /// A size in hex, a signature, and room: no client sends more.
  private static final int LONGEST_LINE = 4096;

  /// Clients send a checksum and its signature.
  private static final int MOST_TRAILERS = 16;

  private static final String SIGNATURE = "chunk-signature=";

  private final InputStream in;
  private final Signatures signatures;
  private final Trailers trailers;
  private final MessageDigest chunkHash = sha256();
  private long left;
  private long chunkLeft;
  private String signature = "";
  private boolean ended;

  /// How the chunks are signed.
  sealed interface Signatures {}

  /// There are no chunks.
  record NoChunks() implements Signatures {}

  /// Not at all.
  record Unsigned() implements Signatures {}

  /// Each continues the one before.
  record Signed(ChunkChain chain, boolean trailer) implements Signatures {}

  /// Who is told of the trailing headers.
  @FunctionalInterface
  interface Trailers {
    void trailer(String name, String value) throws S3Fault;
  }

  AwsChunks(InputStream in, Signatures signatures, long length, Trailers trailers) {
    this.in = in;
    this.signatures = signatures;
    this.trailers = trailers;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    if (chunkLeft == 0 && !ended) {
      beginChunk();
    }
    if (ended) {
      return -1;
    }
    int got = in.read(bytes, from, (int) Math.min(count, chunkLeft));
    if (got < 0) {
      throw new S3Fault(S3Code.IncompleteBody);
    }
    hash(bytes, from, got);
    chunkLeft -= got;
    left -= got;
    if (chunkLeft == 0) {
      endChunk();
    }
    return got;
  }

  private void beginChunk() throws IOException {
    String line = line();
    int semicolon = line.indexOf(';');
    chunkLeft = size(semicolon < 0 ? line : line.substring(0, semicolon));
    signature = semicolon < 0 ? "" : signature(line.substring(semicolon + 1));
    if (chunkLeft > left) {
      throw malformed("the chunks hold more than x-amz-decoded-content-length says");
    }
    if (chunkLeft == 0) {
      endBody();
    }
  }

  private void endChunk() throws IOException {
    verifyChunk();
    if (!line().isEmpty()) {
      throw malformed("a chunk does not end with an empty line");
    }
  }

  private void endBody() throws IOException {
    if (left > 0) {
      throw new S3Fault(S3Code.IncompleteBody);
    }
    verifyChunk();
    readTrailers();
    ended = true;
  }

  private void readTrailers() throws IOException {
    StringBuilder signed = new StringBuilder();
    String trailerSignature = "";
    String line = line();
    for (int count = 0; !line.isEmpty(); count++) {
      int colon = line.indexOf(':');
      if (colon < 0 || count == MOST_TRAILERS) {
        throw malformed("the trailing headers cannot be read");
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("x-amz-trailer-signature")) {
        trailerSignature = value;
      } else {
        signed.append(name).append(':').append(value).append('\n');
        trailers.trailer(name, value);
      }
      line = line();
    }
    verifyTrailers(signed.toString(), trailerSignature);
  }

  private void verifyChunk() throws S3Fault {
    if (signatures instanceof Signed signed
        && !signed.chain().isChunk(chunkHash.digest(), signature)) {
      throw new S3Fault(
          S3Code.SignatureDoesNotMatch, "The signature of a chunk does not match its bytes.");
    }
  }

  private void verifyTrailers(String text, String trailerSignature) throws S3Fault {
    if (signatures instanceof Signed signed && signed.trailer()) {
      byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
      if (!signed.chain().isTrailer(hash, trailerSignature)) {
        throw new S3Fault(
            S3Code.SignatureDoesNotMatch, "The signature of the trailing headers does not match.");
      }
    } else if (signatures instanceof Signed && !text.isEmpty()) {
      throw malformed("there are trailing headers, and they are not signed");
    }
  }

  private void hash(byte[] bytes, int from, int count) {
    if (signatures instanceof Signed) {
      chunkHash.update(bytes, from, count);
    }
  }

  /// A line without its end. The end of the body ends a line too: some clients leave out the last.
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
      if (line.size() > LONGEST_LINE) {
        throw malformed("a line is too long");
      }
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static long size(String hex) throws S3Fault {
    try {
      long size = Long.parseLong(hex.strip(), 16);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException _) {
      // The same answer as for a negative number.
    }
    throw malformed("the size of a chunk is not a number");
  }

  private static String signature(String extension) {
    String text = extension.strip();
    return text.startsWith(SIGNATURE) ? text.substring(SIGNATURE.length()) : "";
  }

  private static S3Fault malformed(String what) {
    return new S3Fault(S3Code.InvalidRequest, "The aws-chunked body is malformed: " + what + ".");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
