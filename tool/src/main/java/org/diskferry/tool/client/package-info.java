/// The customer's side of the query API: signs a request, sends it, reads the answer.
@NullMarked
package org.diskferry.tool.client;

import org.jspecify.annotations.NullMarked;
