/// Benchmarks and torture: programs of their own, never timed assertions in tests.
@NullMarked
package org.diskferry.bench;

import org.jspecify.annotations.NullMarked;
