/// What the customer is told: a row for every file.
@NullMarked
package org.diskferry.station.report;

import org.jspecify.annotations.NullMarked;
