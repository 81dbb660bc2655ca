package org.openrcm.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openrcm.server.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: pages, API and FHIR, until the process is stopped. */
@Command(
    name = ServeCommand.NAME,
    description = {
      "Starts the server, with a database of its own in --data",
      "unless SPRING_DATASOURCE_URL names another."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  static final String NAME = "serve";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Of pages, API and FHIR. Default: 8080.")
  private @Nullable Integer port;

  @Option(
      names = "--management-port",
      paramLabel = "N",
      description = "Of health and metrics, on this machine only. Default: 8081.")
  private @Nullable Integer managementPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the server's own database. Default: data.")
  private @Nullable Path data;

  @Override
  public Integer call() throws InterruptedException {
    List<String> settings = new ArrayList<>();
    set(settings, "server.port", port);
    set(settings, "management.server.port", managementPort);
    set(settings, "openrcm.data", data);
    return Server.serve(settings.toArray(String[]::new)) ? OpenRcm.CLEAN : OpenRcm.UNREADABLE;
  }

  private static void set(List<String> settings, String name, @Nullable Object value) {
    if (value != null) {
      settings.add("--" + name + "=" + value);
    }
  }
}
