/**
 * A lake in the browser: a server on the reader alone, and the page that it serves.
 *
 * <p>Start at {@link io.booklake.viewer.Api}, the list of what can be asked, and {@link
 * io.booklake.viewer.ViewerServer}, who may ask it and how often.
 */
package io.booklake.viewer;
