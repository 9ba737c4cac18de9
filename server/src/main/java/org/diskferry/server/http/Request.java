package org.diskferry.server.http;

import org.diskferry.access.signing.RequestHead;

/// A request, read to its end.
///
/// @param id its name
/// @param head as sent
/// @param body as received, within the endpoint's limit; not copied
/// @param peer address that it came from, for the log
@SuppressWarnings("ArrayRecordComponent") // a body is read once and never compared
public record Request(RequestId id, RequestHead head, byte[] body, String peer) {}
