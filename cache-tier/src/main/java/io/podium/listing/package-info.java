/** The vocabulary of listings: immutable records, no I/O. */
@NullMarked
package io.podium.listing;

import org.jspecify.annotations.NullMarked;
