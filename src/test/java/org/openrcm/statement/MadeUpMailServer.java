package org.openrcm.statement;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;

/** A mail server that takes no message, and answers what a test tells it to. */
final class MadeUpMailServer implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 20_000;

  private final ServerSocket socket;
  private final String command;
  private final String answer;
  private final Thread thread = new Thread(this::serve, "made-up-mail-server");

  /** Is there while work is done, and answers so to this command, such as RCPT. */
  static <T> T during(int port, String command, String answer, Callable<T> work) throws Exception {
    try (MadeUpMailServer server = new MadeUpMailServer(port, command, answer)) {
      server.start();
      return work.call();
    }
  }

  private MadeUpMailServer(int port, String command, String answer) throws IOException {
    this.socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.command = command;
    this.answer = answer;
  }

  private void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket caller = socket.accept()) {
        talk(caller);
      } catch (IOException e) {
        // the caller, or the test, is gone
      }
    }
  }

  private void talk(Socket caller) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = caller.getOutputStream();
    say(out, "220 made-up.example");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String said = line.toUpperCase(Locale.ROOT);
      if (said.startsWith("QUIT")) {
        say(out, "221 bye");
        return;
      }
      say(out, said.startsWith(command) ? answer : said.startsWith("DATA") ? "354 go" : "250 ok");
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** When it has ended the port is free: until who waits for a caller is awake it is not. */
  @Override
  public void close() throws IOException {
    socket.close();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
