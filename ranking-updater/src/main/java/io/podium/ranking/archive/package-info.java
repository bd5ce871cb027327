/**
 * Every event that ever came, on disk: what the streams may forget, a new updater is rebuilt from
 * and {@code verify} recomputes with.
 *
 * <p>A folder holds two series of files, {@code events-…jsonl.zst} and {@code products-…jsonl.zst},
 * one entry a line, in the order of the stream:
 *
 * <pre>{"v":1,"id":"1763823600123-0","n":4711,"c":"9ab31f04","event":{…}}</pre>
 *
 * {@code v} is the version of this format, {@code n} is the entry's ordinal, {@code c} the CRC32C
 * of what stands before it and of the event's bytes. Each write is a whole zstd frame, forced to
 * disk before the streams are trimmed behind it, so {@code zstdcat} reads every file at any time.
 * Files of gzip members, {@code .jsonl.gz}, are read as well, and written where zstd does not run.
 * Each updater writes a folder of its own; one thread writes, any may read.
 */
@NullMarked
package io.podium.ranking.archive;

import org.jspecify.annotations.NullMarked;
