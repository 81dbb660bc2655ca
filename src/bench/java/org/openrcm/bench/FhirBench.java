package org.openrcm.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openrcm.identity.ApiClients;
import org.openrcm.remittance.Remittances;

/**
 * Hands a generated 835 to the server over its API, waits until its last claim can be read, and
 * then reads over FHIR as a program does, one request after the other. Every read writes its audit
 * rows, as always; beside the EOBs the rows that one is drawn from, read in a transaction without
 * HTTP, FHIR and audit rows.
 */
final class FhirBench {
  private static final Path FOLDER = Path.of("target", "bench");
  private static final int KEYS = 5_000;

  /** What CMS publishes for the EOB of its Beneficiary FHIR Data Server. */
  private static final int AIM_P50_MILLIS = 17;

  private static final int AIM_P99_MILLIS = 73;

  private final ServedPractice practice;
  private final int reads;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ApiClients.Credentials program;
  private String token = "";
  private long tokenUntil;

  private FhirBench(ServedPractice practice, int reads) throws Exception {
    this.practice = practice;
    this.reads = reads;
    this.program =
        practice
            .actor()
            .call(
                () ->
                    practice
                        .bean(ApiClients.class)
                        .create("bench", List.of("system/*.rs", "system/files.write")));
  }

  static void measure(Size size, Figures figures) throws Exception {
    // 660 bytes a claim: a million of them
    Sample sample = Sample.generated(Document.REMITTANCE, FOLDER, size.of(660, 5));
    try (ServedPractice practice = ServedPractice.start()) {
      FhirBench bench = new FhirBench(practice, size.of(3_000, 300));
      bench.load(sample, figures);
      bench.read(figures);
    }
  }

  private void load(Sample sample, Figures figures) throws Exception {
    long uploaded = Latencies.nanos(() -> upload(sample));
    double loaded = (uploaded + Latencies.nanos(practice::settled)) / 1e9;
    long claims = practice.count("claim_payment");
    if (claims != sample.claims()) {
      throw new IOException(claims + " of " + sample.claims() + " claims came in");
    }
    figures.say(
        "%s claims in one file of %s MB: uploaded in %s, the last claim readable after %s, %s claims/s."
            .formatted(
                Figure.count(claims),
                Figure.rate(sample.bytes() / 1e6),
                Figure.seconds(uploaded / 1e9),
                Figure.seconds(loaded),
                Figure.rate(claims / loaded)));
  }

  private void upload(Sample sample) throws Exception {
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
  }

  private void read(Figures figures) throws Exception {
    List<String> claims = keys("id");
    List<String> patients = keys("patient_id");
    Table table = Latencies.table(Figure.count(reads) + " reads of each");
    Latencies eob = get("/fhir/ExplanationOfBenefit/", claims);
    eob.row(table, "EOB by id");
    Latencies rows = each(claims, this::rows);
    rows.row(table, "the rows behind it alone");
    get("/fhir/ExplanationOfBenefit?patient=", patients).row(table, "EOBs of a patient");
    get("/fhir/Patient/", patients).row(table, "patient by id");
    get("/fhir/Patient?identifier=", words("identifier")).row(table, "patient by member number");
    get("/fhir/Patient?_count=20&family=", words("family"))
        .row(table, "patients by family name, 20 a page");
    figures.table(table);
    figures.say(
        "An EOB by id: p50 %s, p99 %s; %s times the rows behind it."
            .formatted(
                aim(eob.nanos(50), AIM_P50_MILLIS),
                aim(eob.nanos(99), AIM_P99_MILLIS),
                Figure.rate((double) eob.nanos(50) / rows.nanos(50))));
  }

  private static String aim(long nanos, int wanted) {
    return "%s ms (%s)"
        .formatted(Figure.millis(nanos), Figure.aim(wanted + " ms", nanos <= wanted * 1e6));
  }

  private List<String> keys(String column) throws Exception {
    return column(
        "select replace(%s::text, '-', '') from claim_payment order by random() limit %d"
            .formatted(column, KEYS));
  }

  private List<String> words(String field) throws Exception {
    return column(
        "select word from (select distinct word from named_word where kind = 'Patient' and field = '%s') w order by random() limit %d"
            .formatted(field, KEYS));
  }

  private List<String> column(String query) throws Exception {
    return practice.ask(() -> practice.sql().sql(query).query(String.class).list());
  }

  /** What is asked for by a key. */
  @FunctionalInterface
  private interface Read {
    void of(String key) throws Exception;
  }

  private void rows(String id) throws Exception {
    UUID claim =
        UUID.fromString(id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    practice.ask(() -> practice.bean(Remittances.class).claim(claim).orElseThrow());
  }

  private Latencies get(String path, List<String> keys) throws Exception {
    return each(
        keys,
        key -> {
          HttpResponse<InputStream> answer =
              http.send(
                  request(path + URLEncoder.encode(key, StandardCharsets.UTF_8)).GET().build(),
                  HttpResponse.BodyHandlers.ofInputStream());
          long bytes = answer.body().transferTo(OutputStream.nullOutputStream());
          if (answer.statusCode() != 200 || bytes < 200) {
            throw new IOException(path + " answers " + answer.statusCode());
          }
        });
  }

  private Latencies each(List<String> keys, Read read) throws Exception {
    Random random = new Random(1);
    return Latencies.of(reads / 3, reads, () -> read.of(keys.get(random.nextInt(keys.size()))));
  }

  private HttpRequest.Builder request(String path) throws Exception {
    if (System.nanoTime() > tokenUntil) {
      token = token();
      tokenUntil = System.nanoTime() + 120_000_000_000L;
    }
    return HttpRequest.newBuilder(practice.address().resolve(path))
        .header("Authorization", "Bearer " + token);
  }

  private String token() throws Exception {
    String credentials = program.clientId() + ":" + program.secret();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(practice.address().resolve("/oauth2/token"))
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
}
