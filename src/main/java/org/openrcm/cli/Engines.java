package org.openrcm.cli;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.openrcm.x12.Engine;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.SmooksEngine;
import org.openrcm.x12.StreamingEngine;

/** The engine that was asked for, closed when the command is done. */
final class Engines implements Closeable {
  private final Engine engine;
  private final @Nullable SmooksEngine smooks;

  private Engines(Engine engine, @Nullable SmooksEngine smooks) {
    this.engine = engine;
    this.smooks = smooks;
  }

  static Engines of(Input.EngineName name, Mappings mappings) {
    if (name == Input.EngineName.smooks) {
      SmooksEngine smooks = new SmooksEngine(mappings);
      return new Engines(smooks, smooks);
    }
    return new Engines(StreamingEngine.checking(mappings), null);
  }

  Engine engine() {
    return engine;
  }

  @Override
  public void close() throws IOException {
    if (smooks != null) {
      smooks.close();
    }
  }
}
