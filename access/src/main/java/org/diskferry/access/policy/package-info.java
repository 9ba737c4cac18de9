/// Policies as JSON documents: read with bounds, refused where they say what is not understood, and
/// asked whether an action is allowed. Nothing here knows which actions exist.
@NullMarked
package org.diskferry.access.policy;

import org.jspecify.annotations.NullMarked;
