/// What tests of the server share: a certificate, users, and the query API over a desk in memory.
package org.diskferry.server.testing;
