package io.booklake.viewer;

/**
 * The body of an answer about a ticker-day.
 *
 * @param mediaType of it
 * @param bytes whole
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Body(String mediaType, byte[] bytes) {}
