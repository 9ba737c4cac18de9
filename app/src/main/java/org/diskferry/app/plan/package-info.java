/// Splitting a bucket over the disks of several exports, before anything is sent.
@NullMarked
package org.diskferry.app.plan;

import org.jspecify.annotations.NullMarked;
