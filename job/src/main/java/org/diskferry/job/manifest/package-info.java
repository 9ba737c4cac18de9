/// The manifest: read, validated, explained.
@NullMarked
package org.diskferry.job.manifest;

import org.jspecify.annotations.NullMarked;
