/// The query API, the registry and the dispatch of work to stations.
@NullMarked
package org.diskferry.server;

import org.jspecify.annotations.NullMarked;
