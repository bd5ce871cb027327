/**
 * The operators' port: health, metrics, and what needs the admin token. One event loop of its own.
 */
@NullMarked
package io.podium.read.admin;

import org.jspecify.annotations.NullMarked;
