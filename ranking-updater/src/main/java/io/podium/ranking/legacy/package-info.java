/**
 * Order files of other systems, made into events: the anti-corruption layer. A declarative mapping
 * says what a column means; no word of the other system goes beyond this package.
 *
 * <pre>
 * file --RowReader--> rows --Mapping: fields, filters--> OrderGroups --> events --EventSink--> HTTP
 *                      \--what cannot be understood--> rejected rows, with line and reason
 * </pre>
 *
 * The ids of events are made from the rows alone: importing a file again, whole or after an
 * interruption, posts the same events, and each counts once. Runs on the caller's thread.
 */
@NullMarked
package io.podium.ranking.legacy;

import org.jspecify.annotations.NullMarked;
