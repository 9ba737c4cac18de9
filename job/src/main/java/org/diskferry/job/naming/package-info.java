/// From paths to keys: prefix, substitutions, what is ignored, which headers an object gets.
@NullMarked
package org.diskferry.job.naming;

import org.jspecify.annotations.NullMarked;
