/// What a page of a listing costs, by the size of the bucket. `ListingBench` is the command.
@NullMarked
package org.diskferry.bench.listing;

import org.jspecify.annotations.NullMarked;
