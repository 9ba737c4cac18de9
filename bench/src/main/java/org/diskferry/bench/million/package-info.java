/// The station itself, against a device and a store that cost nothing: what a million files need of
/// memory and time.
@NullMarked
package org.diskferry.bench.million;

import org.jspecify.annotations.NullMarked;
