/// The web server: TLS, limits, time-outs, and requests and answers as values. The only package
/// that knows the web library. What is asked and what is answered is a [Service]'s business.
@NullMarked
package org.diskferry.server.http;

import org.jspecify.annotations.NullMarked;
