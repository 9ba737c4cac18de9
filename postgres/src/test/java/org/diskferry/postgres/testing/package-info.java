/// Real PostgreSQL servers for tests: one a test JVM, kept between runs, with a fresh database for
/// each test class.
package org.diskferry.postgres.testing;
