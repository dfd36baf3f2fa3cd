package io.booklake.verify;

/** An event with the book after it. */
public record Event(MessageRow message, BookRow book) {}
