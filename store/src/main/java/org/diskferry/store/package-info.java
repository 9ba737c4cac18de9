/// Object stores: one contract, and the clients that keep it.
@NullMarked
package org.diskferry.store;

import org.jspecify.annotations.NullMarked;
