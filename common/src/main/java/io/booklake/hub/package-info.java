/**
 * A client for datasets on the Hugging Face Hub, over plain HTTP: resolve a revision, list, read
 * ranges, download into the cache that Python's client uses too, publish. Knows no other package.
 *
 * <p>Start at {@link io.booklake.hub.Hub}. All that a server answers is taken for untrusted: names
 * are checked before they become paths, contents are held against their checksums, and the token
 * goes to no other host.
 */
package io.booklake.hub;
