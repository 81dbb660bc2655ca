package org.openrcm.server;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openrcm.FixedPort;

/** {@code serve} as its users run it: a process of its own, with what it prints in files. */
public final class ServedProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private static final Pattern LINK = Pattern.compile("http://\\S+/sign-in/link\\?token=\\S+");

  private final Process process;
  private final Path out;
  private final Path err;
  private final int port;
  private final int managementPort;

  private ServedProcess(Process process, Path out, Path err, int port, int managementPort) {
    this.process = process;
    this.out = out;
    this.err = err;
    this.port = port;
    this.managementPort = managementPort;
  }

  public static ServedProcess start(Path logs, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(logs, List.of(), environment, FixedPort.free(), FixedPort.free(), arguments);
  }

  /** The same of a jar as it is packaged, with the libraries in it. */
  static ServedProcess ofJar(Path jar, Path logs, String... arguments) throws IOException {
    List<String> program = List.of("-jar", jar.toString());
    return run(program, logs, Map.of(), FixedPort.free(), FixedPort.free(), arguments);
  }

  /**
   * On these ports.
   *
   * @param options of the Java machine
   */
  static ServedProcess start(
      Path logs,
      List<String> options,
      Map<String, String> environment,
      int port,
      int managementPort,
      String... arguments)
      throws IOException {
    List<String> program = new ArrayList<>(options);
    program.addAll(List.of("-cp", classPath(), "org.openrcm.cli.OpenRcm"));
    return run(program, logs, environment, port, managementPort, arguments);
  }

  private static ServedProcess run(
      List<String> program,
      Path logs,
      Map<String, String> environment,
      int port,
      int managementPort,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(program);
    command.add("serve");
    if (!List.of(arguments).contains("--port")) {
      command.addAll(List.of("--port", Integer.toString(port)));
    }
    command.addAll(List.of("--management-port", Integer.toString(managementPort)));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(logs, "serve", ".out");
    Path err = Files.createTempFile(logs, "serve", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new ServedProcess(builder.start(), out, err, port, managementPort);
  }

  /** What is shipped; the tests' own beans are not. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes/"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Waits until it says that it is ready. */
  public ServedProcess ready() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!out().contains("OpenRCM is ready")) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("not ready:\n" + out() + err());
      }
      Thread.sleep(50);
    }
    return this;
  }

  public String out() throws IOException {
    return Files.readString(out);
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  public int port() {
    return port;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The most memory that it ever had, in bytes; empty where the system does not tell. */
  OptionalLong highestMemory() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst();
  }

  /** The body that an operator's tool gets, or what went wrong. */
  String managed(String path) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + managementPort + "/actuator/" + path))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** By which its people sign in, as printed. */
  List<String> links() throws IOException {
    return LINK.matcher(out()).results().map(MatchResult::group).toList();
  }

  /** The database that serves this folder. */
  static ProcessHandle postmaster(Path data) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
  }

  /** Runs the printed lines as a newcomer does. */
  String readsFhir() throws IOException, InterruptedException {
    String printed = out();
    String lines =
        printed.substring(printed.indexOf("  TOKEN=$("), printed.indexOf("Stop with Ctrl-C."));
    Process shell = new ProcessBuilder("sh", "-c", lines).redirectErrorStream(true).start();
    String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (shell.waitFor() != 0) {
      throw new AssertionError(answer);
    }
    return answer;
  }

  /** As {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@code kill}, and how it ended. */
  int stop() throws InterruptedException {
    process.destroy();
    return end();
  }

  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
