package org.diskferry.server.http;

/// Answers requests.
public interface Service {

  /// Answers a request. Called by many threads at once. What it throws is answered as [#refuse]
  /// with status 500.
  Answer answer(Request request);

  /// Words an answer to a request that did not get as far: not HTTP, too large, too slow, or ended
  /// by an error of ours. Must not throw.
  ///
  /// @param status 400 or above
  Answer refuse(RequestId id, int status);
}
