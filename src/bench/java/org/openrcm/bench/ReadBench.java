package org.openrcm.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.audit.Actor;
import org.openrcm.identity.ApiClients;
import org.openrcm.identity.Practices;
import org.openrcm.remittance.Remittances;
import org.openrcm.server.Server;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands a generated 835 of so many megabytes (660 are a million claims) to the server over its API,
 * waits until its last claim can be read, and then reads over FHIR as a program does: EOBs by id,
 * EOBs of a patient, patients by member number and by name. Prints medians and 99th percentiles;
 * the client runs on the same cores. Every read writes its audit rows, as always; beside the EOBs
 * the rows that one is drawn from, read in a transaction without HTTP, FHIR and audit rows.
 */
public final class ReadBench {
  private static final Path FOLDER = Path.of("target", "bench");
  private static final int READS = 3_000;
  private static final int WARM_UP = 1_000;
  private static final int KEYS = 5_000;

  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();
  private final UUID practice;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Remittances remittances;
  private final ApiClients.Credentials program;
  private String token = "";
  private long tokenUntil;

  private ReadBench(ConfigurableApplicationContext server) throws Exception {
    this.address =
        URI.create("http://localhost:" + server.getEnvironment().getProperty("local.server.port"));
    this.sql = server.getBean(JdbcClient.class);
    this.transaction = server.getBean(TransactionTemplate.class);
    this.remittances = server.getBean(Remittances.class);
    this.practice = server.getBean(Practices.class).create("Bench", true);
    this.program =
        Actor.job("bench", practice)
            .call(
                () ->
                    server
                        .getBean(ApiClients.class)
                        .create("bench", List.of("system/*.rs", "system/files.write")));
  }

  public static void main(String[] args) throws Exception {
    int megabytes = args.length == 0 ? 660 : Integer.parseInt(args[0]);
    Path data = FOLDER.resolve("read-bench");
    delete(data);
    Sample sample = Sample.generated(Document.REMITTANCE, FOLDER, megabytes);
    long start = System.nanoTime();
    try (ConfigurableApplicationContext server =
        Server.start(
            "--openrcm.data=" + data.toAbsolutePath(),
            "--server.port=0",
            "--management.server.port=0")) {
      System.out.printf(Locale.ROOT, "First start %.1f s.%n", seconds(start));
      ReadBench bench = new ReadBench(server);
      bench.load(sample);
      bench.reads();
    } finally {
      delete(data);
    }
    System.exit(0);
  }

  private void load(Sample sample) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> answer =
        http.send(
            request("/api/files")
                .header("Content-Type", "application/edi-x12")
                .header("X-File-Name", "bench.835")
                .POST(HttpRequest.BodyPublishers.ofFile(sample.file()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    double uploaded = seconds(start);
    while (count("select count(*) from job where practice_id = :practice") > 0) {
      Thread.sleep(100);
    }
    double loaded = seconds(start);
    long claims = count("select count(*) from claim_payment where practice_id = :practice");
    if (claims != sample.claims()) {
      throw new IOException(claims + " of " + sample.claims() + " claims came in");
    }
    System.out.printf(
        Locale.ROOT,
        "%,d claims, %.0f MB: uploaded in %.1f s, every row visible after %.1f s: %,.0f claims/s.%n",
        claims,
        sample.bytes() / 1e6,
        uploaded,
        loaded,
        claims / loaded);
  }

  private void reads() throws Exception {
    List<String> claims = keys("id::text", "claim_payment");
    List<String> patients = keys("patient_id::text", "claim_payment");
    List<String> members = words("identifier");
    List<String> families = words("family");
    System.out.println("\n| | p50 ms | p99 ms | a second |\n|---|---:|---:|---:|");
    time("EOB by id", "/fhir/ExplanationOfBenefit/", claims);
    time("the rows behind it alone", claims, this::rows);
    time("EOBs of a patient", "/fhir/ExplanationOfBenefit?patient=", patients);
    time("patient by id", "/fhir/Patient/", patients);
    time("patient by member number", "/fhir/Patient?identifier=", members);
    time("patients by family name, 20", "/fhir/Patient?_count=20&family=", families);
  }

  private List<String> keys(String column, String table) throws Exception {
    return column(
        "select replace("
            + column
            + ", '-', '') from "
            + table
            + " tablesample system (2) where practice_id = :practice limit "
            + KEYS);
  }

  private List<String> words(String field) throws Exception {
    return column(
        "select distinct word from named_word tablesample system (5)"
            + " where practice_id = :practice and kind = 'Patient' and field = '"
            + field
            + "' limit "
            + KEYS);
  }

  private List<String> column(String query) throws Exception {
    return Actor.job("bench", practice)
        .call(
            () ->
                transaction.execute(
                    status ->
                        sql.sql(query).param("practice", practice).query(String.class).list()));
  }

  private long count(String query) throws Exception {
    return Long.parseLong(column(query.replace("count(*)", "count(*)::text")).get(0));
  }

  /** What is asked for by a key. */
  private interface Read {
    void of(String key) throws Exception;
  }

  private void rows(String id) throws Exception {
    UUID claim =
        UUID.fromString(id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    Actor.job("bench", practice)
        .call(() -> transaction.execute(status -> remittances.claim(claim).orElseThrow()));
  }

  private void time(String name, String path, List<String> keys) throws Exception {
    time(
        name,
        keys,
        key -> {
          HttpResponse<InputStream> answer =
              http.send(
                  request(path + encoded(key)).GET().build(),
                  HttpResponse.BodyHandlers.ofInputStream());
          long bytes = answer.body().transferTo(java.io.OutputStream.nullOutputStream());
          if (answer.statusCode() != 200 || bytes < 200) {
            throw new IOException(name + " answers " + answer.statusCode());
          }
        });
  }

  private static void time(String name, List<String> keys, Read read) throws Exception {
    if (keys.isEmpty()) {
      return;
    }
    Random random = new Random(1);
    long[] nanos = new long[READS];
    long all = 0;
    for (int i = -WARM_UP; i < READS; i++) {
      String key = keys.get(random.nextInt(keys.size()));
      long start = System.nanoTime();
      read.of(key);
      long took = System.nanoTime() - start;
      if (i >= 0) {
        nanos[i] = took;
        all += took;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %,.0f |%n",
        name,
        nanos[READS / 2] / 1e6,
        nanos[READS * 99 / 100] / 1e6,
        READS / (all / 1e9));
  }

  private static String encoded(String key) {
    return java.net.URLEncoder.encode(key, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) throws Exception {
    if (System.nanoTime() > tokenUntil) {
      token = token();
      tokenUntil = System.nanoTime() + 120_000_000_000L;
    }
    return HttpRequest.newBuilder(address.resolve(path)).header("Authorization", "Bearer " + token);
  }

  private String token() throws Exception {
    String credentials = program.clientId() + ":" + program.secret();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(address.resolve("/oauth2/token"))
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&scope=system/*.rs%20system/files.write"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    Matcher found = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer.body());
    if (!found.find()) {
      throw new IOException("no token: " + answer.statusCode());
    }
    return found.group(1);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failed)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
