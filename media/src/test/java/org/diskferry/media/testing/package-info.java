/// Fixtures for everyone who tests against disks: content sets, disks made by the real tools, block
/// sources that fail or lie, and the contracts that every implementation is held to. They ride as
/// this module's test-jar.
package org.diskferry.media.testing;
