package org.diskferry.access.signing;

/// A name and a value of a query.
public record Parameter(String name, String value) {}
