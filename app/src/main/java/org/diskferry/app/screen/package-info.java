/// What an operator sees.
@NullMarked
package org.diskferry.app.screen;

import org.jspecify.annotations.NullMarked;
