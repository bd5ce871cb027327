package io.podium.read.http;

/**
 * A document that was made for a request.
 *
 * @param tier where what it tells was read; see {@link io.podium.read.refresh.Found}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record Made(byte[] body, String tier) {}
