/// The query API: one class an action, the envelope that every answer comes in, and the walls to
/// what the actions need ([JobDesk], [Manifests], [BucketDirectory]). Speaks the protocol of the
/// service of the guide ("API Reference"), as its clients expect it on the wire.
@NullMarked
package org.diskferry.server.query;

import org.jspecify.annotations.NullMarked;
