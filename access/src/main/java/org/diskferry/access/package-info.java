/// Accounts, users, keys and policies; the signing *and the verifying* of requests (Signature
/// Version 2 and 4). Used by servers and clients alike, so that both sides read one definition.
@NullMarked
package org.diskferry.access;

import org.jspecify.annotations.NullMarked;
