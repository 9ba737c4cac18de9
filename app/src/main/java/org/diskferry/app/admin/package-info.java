/// The operator's verbs about the service itself.
@NullMarked
package org.diskferry.app.admin;

import org.jspecify.annotations.NullMarked;
