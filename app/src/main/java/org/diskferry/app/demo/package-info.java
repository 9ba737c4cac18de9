/// The whole journey of a disk in one command, on a disk made for it.
@NullMarked
package org.diskferry.app.demo;

import org.jspecify.annotations.NullMarked;
