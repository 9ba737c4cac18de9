/// The whole job, load and check, beside another program that copies and checks on the same
/// endpoint: the embedded depot, over TLS.
@NullMarked
package org.diskferry.bench.whole;

import org.jspecify.annotations.NullMarked;
