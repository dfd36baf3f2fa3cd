package io.booklake.viewer;

import io.booklake.read.LakeReader;
import io.booklake.serve.LakeServer;
import io.booklake.serve.LakeServerProvider;
import io.booklake.serve.ServerSettings;
import java.io.IOException;

/** Starts the viewer for who finds it on the class path. */
public final class ViewerServerProvider implements LakeServerProvider {
  @Override
  public LakeServer start(LakeReader lake, ServerSettings settings) throws IOException {
    return ViewerServer.start(lake, settings, Limits.DEFAULT);
  }
}
