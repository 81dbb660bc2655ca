package org.openrcm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are killed and come back on the same one. They are below those that the
 * system gives to clients: a client that tries to connect to one of those, while nobody listens,
 * can be given that very port, and is then connected to itself.
 */
public final class FixedPort {
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 100;

  private FixedPort() {}

  /** One that nobody listens on now. */
  public static int free() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
