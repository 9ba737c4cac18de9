package org.diskferry.access.signing;

import java.util.List;

/// What signing a request gave.
///
/// @param headers to add to the request, `Authorization` among them
/// @param chunks continues the signature over a body in chunks; of no use for other bodies
public record V4Signature(List<Header> headers, ChunkChain chunks) {

  /// Copies the list.
  public V4Signature {
    headers = List.copyOf(headers);
  }
}
