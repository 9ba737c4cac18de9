package org.diskferry.server.registry;

import java.time.Instant;

/// An event as it lies in the database.
///
/// @param number 1 for the first of the job
/// @param at when it was stored
/// @param type name of the kind
/// @param version of the payload's form
/// @param payload JSON, exactly as written
record StoredEvent(int number, Instant at, String type, short version, String payload) {}
