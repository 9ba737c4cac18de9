/// The running service: every part, built by its constructor and put together here and nowhere
/// else.
@NullMarked
package org.diskferry.app.service;

import org.jspecify.annotations.NullMarked;
