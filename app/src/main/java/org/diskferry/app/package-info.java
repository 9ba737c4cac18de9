/// Configuration, wiring by constructors, the service and the operator's verbs.
@NullMarked
package org.diskferry.app;

import org.jspecify.annotations.NullMarked;
