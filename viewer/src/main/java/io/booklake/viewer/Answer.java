package io.booklake.viewer;

import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What a client gets.
 *
 * @param status HTTP's
 * @param mediaType of the body
 * @param body whole, so that nothing can fail once it is on its way
 * @param headers besides that of the media type
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Answer(int status, String mediaType, byte[] body, Map<String, String> headers) {
  static final String JSON = "application/json";

  /** An answer with nothing to say about its age. */
  static Answer json(byte[] body) {
    return new Answer(HttpStatus.OK_200, JSON, body, Map.of("Cache-Control", "no-store"));
  }
}
