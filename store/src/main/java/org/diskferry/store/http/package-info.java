/// HTTP/1.1 as a client (RFC 9110 and 9112), for requests with large bodies and answers that nobody
/// vouches for: blocking channels, made for virtual threads; one buffer a request, whatever the
/// body's size; every length of an answer bounded; every wait under a deadline.
///
/// It exists because the general clients take three times its processor time for the same bytes.
@NullMarked
package org.diskferry.store.http;

import org.jspecify.annotations.NullMarked;
