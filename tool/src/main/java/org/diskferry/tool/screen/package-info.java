/// What a person sees: tables, bars, sizes, and when none of it should be shown.
@NullMarked
package org.diskferry.tool.screen;

import org.jspecify.annotations.NullMarked;
