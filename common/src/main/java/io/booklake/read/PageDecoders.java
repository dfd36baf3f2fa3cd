package io.booklake.read;

import io.booklake.delta.FileSettings;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Decoders that are used again: each has memory for what it reads, and a native context. For any
 * number of threads, of which as many as there are processors find one that is warm.
 */
final class PageDecoders {
  private final FileSettings settings;
  private final ArrayBlockingQueue<PageDecoder> idle =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  /** With the settings of codecs. */
  PageDecoders(FileSettings settings) {
    this.settings = settings;
  }

  /** One for the caller alone, until it is closed. */
  PageDecoder open() {
    PageDecoder decoder = idle.poll();
    return decoder == null ? new PageDecoder(this, settings) : decoder;
  }

  /** Takes one back; false if there are enough. */
  boolean keep(PageDecoder decoder) {
    return idle.offer(decoder);
  }
}
