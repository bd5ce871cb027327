/**
 * How listings, cards and boards are written into a tier: a {@link io.podium.codec.Frame} (kind,
 * versions, checksum) around compact JSON. Pure and safe from any thread; what cannot be read fails
 * with {@link io.podium.store.StoreException} of kind {@code CORRUPT}.
 *
 * <p>Changing a format. Adding a member, or an element at the end of an array, keeps the version:
 * readers leave out what they do not know and default what is missing; only a card, which is merged
 * and written again by whoever changes it, keeps unknown members beside its own ones. Any other
 * change raises the writer's version; the decoder keeps a branch for the version before, and the
 * frame's oldest reader tells an older engine whether it may still try.
 */
@NullMarked
package io.podium.codec;

import org.jspecify.annotations.NullMarked;
