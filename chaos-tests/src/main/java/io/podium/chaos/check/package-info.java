/**
 * What a drill is judged by: the sales that were told, and a plain scan over them that shares no
 * code with the ranking core. Single-threaded unless said.
 */
@NullMarked
package io.podium.chaos.check;

import org.jspecify.annotations.NullMarked;
