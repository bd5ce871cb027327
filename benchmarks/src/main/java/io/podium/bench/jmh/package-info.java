/**
 * Single operations under JMH, a class each, in rooms named as those of the code they time. Designs
 * that were rejected stand beside the one that is used, as parameters of the same run.
 *
 * <pre>
 * ./podium bench jmh            all of them
 * ./podium bench jmh HotLookup  some, by a regular expression; more arguments are JMH's own
 * </pre>
 *
 * A verdict on a budget never comes from here: see {@link io.podium.bench.Main}.
 */
@NullMarked
package io.podium.bench.jmh;

import org.jspecify.annotations.NullMarked;
