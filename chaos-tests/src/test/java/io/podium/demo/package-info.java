/** The demo, started for real on free ports, and its processes killed. */
@NullMarked
package io.podium.demo;

import org.jspecify.annotations.NullMarked;
