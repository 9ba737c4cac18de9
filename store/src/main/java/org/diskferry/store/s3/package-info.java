/// The client of every store that speaks S3: signs, sends, judges the answers, tries again, and
/// reads the XML. Knows nothing of disks and jobs.
@NullMarked
package org.diskferry.store.s3;

import org.jspecify.annotations.NullMarked;
