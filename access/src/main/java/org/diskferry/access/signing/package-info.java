/// Signing of requests and the verifying of signed ones: Signature Version 4 (header, presigned,
/// chunked) and Signature Version 2 of query requests. Pure computation over values: no network, no
/// clock of its own, and no decision about what a proven caller may do.
@NullMarked
package org.diskferry.access.signing;

import org.jspecify.annotations.NullMarked;
