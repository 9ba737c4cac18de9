/// Which store the service works on: the embedded depot, or one that the operator names, with its
/// credentials, its certificates and what it can do.
@NullMarked
package org.diskferry.app.store;

import org.jspecify.annotations.NullMarked;
