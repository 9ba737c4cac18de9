/// The registry on PostgreSQL: jobs with their events, accounts with their users, keys and
/// policies, and what must happen later.
///
/// Everything lives in the schema `registry` of a database that the caller names, and everything
/// confidential is sealed under a key file that never enters the database. Times are kept to the
/// microsecond.
@NullMarked
package org.diskferry.server.registry;

import org.jspecify.annotations.NullMarked;
