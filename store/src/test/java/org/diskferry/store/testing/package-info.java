/// Stores for tests: one in memory that keeps the whole contract, one that fails on demand, a real
/// HTTP server that misbehaves on demand, and the contract itself as a test.
@NullMarked
package org.diskferry.store.testing;

import org.jspecify.annotations.NullMarked;
