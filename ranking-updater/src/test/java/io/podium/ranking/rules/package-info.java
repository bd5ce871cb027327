/** What is known of the rules, whatever happens to their log. */
@NullMarked
package io.podium.ranking.rules;

import org.jspecify.annotations.NullMarked;
