/// The folder that everything lives in, and what is made there at the first start.
@NullMarked
package org.diskferry.app.home;

import org.jspecify.annotations.NullMarked;
