/**
 * What the command line and the viewer know of each other: the command finds a {@link
 * io.booklake.serve.LakeServerProvider} on the class path, so that nothing else has to be built
 * with it.
 */
package io.booklake.serve;
