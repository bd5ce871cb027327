/** Announcements: a key and a version, never the data; ordered and resumable. */
@NullMarked
package io.podium.announce;

import org.jspecify.annotations.NullMarked;
