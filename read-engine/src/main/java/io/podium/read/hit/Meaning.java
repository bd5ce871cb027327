package io.podium.read.hit;

import io.podium.read.page.BoardBook;
import io.podium.read.page.PageSpec;

/**
 * What a request target asks for.
 *
 * @param text of the spec
 * @param key of the page in the hot tier
 * @param pulse of its board
 * @param book of boards under which the target means this; under another it must be read again
 * @param until from when on the target does not mean this page any more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Meaning(
    PageSpec spec, String text, byte[] key, Pulse pulse, BoardBook book, long until) {}
