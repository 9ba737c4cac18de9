/// Who may do what with a bucket or an object: grants to accounts and to the two groups that S3
/// knows, and the canned lists that stand for common sets of grants.
@NullMarked
package org.diskferry.depot.acl;

import org.jspecify.annotations.NullMarked;
