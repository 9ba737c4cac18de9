package org.diskferry.depot.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// The body of a request to Jetty. What goes wrong with the client while it is read is the client's
/// fault and thrown as such.
final class JettyBody extends FilterInputStream implements WireBody {
  /// An error is answered on a connection that stays open if no more than this is left unread: a
  /// part as clients send them, so that they hear what is wrong and not that the line broke.
  private static final int MOST_DRAINED = 16 * 1024 * 1024;

  private final Request request;
  private boolean touched;
  private boolean ended;

  JettyBody(Request request) {
    super(Content.Source.asInputStream(request));
    this.request = request;
  }

  @Override
  public InputStream stream() {
    return this;
  }

  @Override
  public long length() {
    return request.getLength();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    touched = true;
    try {
      int got = in.read(bytes, from, count);
      ended |= got < 0;
      return got;
    } catch (IOException e) {
      ended = true;
      throw e.getCause() instanceof TimeoutException
          ? new S3Fault(S3Code.RequestTimeout, S3Code.RequestTimeout.message(), e)
          : new S3Fault(S3Code.IncompleteBody, S3Code.IncompleteBody.message(), e);
    }
  }

  /// Closing does not end the reading: the answer has still to be written.
  @Override
  public void close() {}

  /// Reads what a client has sent that was refused, so that it hears the answer. One that still
  /// waits for permission has sent nothing.
  void drain() {
    boolean waiting =
        request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
    if (!ended && (touched || !waiting) && length() <= MOST_DRAINED) {
      byte[] sink = new byte[64 * 1024];
      try {
        for (long left = MOST_DRAINED; left > 0 && !ended; ) {
          left -= Math.max(0, read(sink, 0, sink.length));
        }
      } catch (IOException _) {
        ended = true; // Whoever is gone needs no answer.
      }
    }
  }
}
