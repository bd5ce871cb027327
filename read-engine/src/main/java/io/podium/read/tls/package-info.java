/** Certificates of the public port, taken again when their files change. */
@NullMarked
package io.podium.read.tls;

import org.jspecify.annotations.NullMarked;
