/**
 * Evidence that is kept with published listings.
 *
 * <pre>
 * ranking loop -> publisher -> EvidenceKeeper -> Mongo, collection evidence
 *  gathers it     knows the      waits, bounded     read by the admin port only
 *  now and then   epoch
 * </pre>
 */
@NullMarked
package io.podium.ranking.evidence;

import org.jspecify.annotations.NullMarked;
