package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestSession;
import org.openrcm.TestUsers;
import org.openrcm.identity.Role;
import org.springframework.beans.factory.annotation.Autowired;

@ServerTest
class UploadTest {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern ORIGINAL = Pattern.compile("\"duplicateOf\":\"([^\"]+)\"");
  private static final String X12 = "application/edi-x12";
  private static final AtomicInteger CHECK = new AtomicInteger(1_000);

  @Autowired private TestUsers users;
  @Autowired private Arrivals arrivals;

  private UUID practice;
  private TestSession poster;
  private TestApi program;

  @BeforeEach
  void aPractice() {
    practice = users.practice("Larkmoor");
    poster = users.signedIn(practice, Role.POSTER);
    program = users.api(practice, "system/files.write", "system/files.read");
  }

  private static byte[] newFile(int claims) {
    return Checks.file(CHECK.incrementAndGet(), 1, claims);
  }

  private static UUID idIn(String json) {
    return found(ID, json);
  }

  private static UUID found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return UUID.fromString(matcher.group(1));
  }

  private UUID send(byte[] body) {
    HttpResponse<String> answer = program.post("/api/files", X12, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return idIn(answer.body());
  }

  private long claims() {
    return arrivals.count(practice, "select count(*) from claim_payment");
  }

  @Test
  void aFormTakesAFileToItsPageAndItsChecksToTheirs() {
    HttpResponse<String> answer = poster.upload("/files", "file", "remit.835", newFile(3));
    assertThat(answer.statusCode()).isEqualTo(302);
    String page = answer.headers().firstValue("Location").orElseThrow();
    UUID id = UUID.fromString(page.substring(page.lastIndexOf('/') + 1));
    ReceivedFiles.Row file = arrivals.settled(practice, id);
    assertThat(file.state()).isEqualTo(FileState.LOADED);
    assertThat(file.claims()).isEqualTo(3);
    assertThat(file.via()).isEqualTo(Via.UPLOAD);
    String html = poster.get("/files/" + id).body();
    String remittance =
        arrivals.texts(practice, "select id::text from remittance where file_id = ?", id).get(0);
    assertThat(html).contains("remit.835", "Loaded", "/remittances/" + remittance, file.sha256());
  }

  @Test
  void severalFilesInOneFormAreSeveralFiles() {
    HttpResponse<String> answer =
        poster.upload("/files", "file", "one.835", newFile(1), "two.835", newFile(1));
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/files");
    assertThat(poster.get("/files").body()).contains("one.835", "two.835");
  }

  @Test
  void aFormWithoutAFileSaysWhatIsMissing() {
    HttpResponse<String> answer = poster.upload("/files", "file", "", new byte[0]);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("error-summary", "Choose one or more files first");
  }

  @Test
  void aProgramIsToldWhereItsFileIs() {
    byte[] body = newFile(2);
    HttpResponse<String> answer =
        program.send(
            program
                .request("/api/files")
                .header("Content-Type", X12)
                .header("X-File-Name", "M%C3%A4rz%2F2026.835")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    assertThat(answer.statusCode()).isEqualTo(202);
    UUID id = idIn(answer.body());
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/files/" + id);
    assertThat(arrivals.settled(practice, id).state()).isEqualTo(FileState.LOADED);
    HttpResponse<String> file = program.get("/api/files/" + id);
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body())
        .contains("\"name\":\"2026.835\"", "\"state\":\"LOADED\"", "\"outcome\":\"LOADED\"")
        .contains("\"claims\":2", "\"via\":\"API\"");
    assertThat(program.get("/api/files").body()).contains(id.toString());
  }

  @Test
  void aNameMayComeAsAttachmentOrInAFormOrNotAtAll() {
    HttpResponse<String> attached =
        program.send(
            program
                .request("/api/files")
                .header("Content-Type", "application/octet-stream")
                .header("Content-Disposition", "attachment; filename=\"../../remit.835\"")
                .POST(HttpRequest.BodyPublishers.ofByteArray(newFile(1))));
    assertThat(attached.body()).contains("\"name\":\"remit.835\"");
    HttpResponse<String> form = poster.upload("/api/files", "file", "form.835", newFile(1));
    assertThat(form.statusCode()).isEqualTo(202);
    assertThat(form.body()).contains("\"name\":\"form.835\"");
    HttpResponse<String> nameless = program.post("/api/files", X12, newFile(1));
    assertThat(nameless.body()).contains("\"name\":\"unnamed\"");
  }

  @Test
  void theSameBytesAgainAreADuplicateThatIsShownAndNotLoaded() {
    byte[] body = newFile(4);
    UUID first = send(body);
    arrivals.settled(practice, first);
    HttpResponse<String> again = program.post("/api/files", X12, body);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"state\":\"DUPLICATE\"");
    assertThat(found(ORIGINAL, again.body())).isEqualTo(first);
    UUID second = idIn(again.body());
    assertThat(poster.get("/files/" + second).body())
        .contains("The same file was here before", "/files/" + first);
    assertThat(poster.getBytes("/files/" + second + "/content").body()).isEqualTo(body);
    assertThat(claims()).isEqualTo(4);
    assertThat(arrivals.count(practice, "select count(distinct file_id) from file_piece"))
        .isEqualTo(1);
  }

  @Test
  void ofManyUploadsOfOneFileAtOnceOneIsLoaded() throws Exception {
    byte[] body = newFile(20);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Callable<HttpResponse<String>>> uploads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      uploads.add(() -> program.post("/api/files", X12, body));
    }
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (Future<HttpResponse<String>> answer : threads.invokeAll(uploads)) {
      answers.add(answer.get());
    }
    threads.shutdown();
    assertThat(answers.stream().map(HttpResponse::statusCode))
        .containsExactlyInAnyOrder(202, 200, 200, 200, 200, 200);
    UUID original =
        answers.stream()
            .filter(answer -> answer.statusCode() == 202)
            .map(answer -> idIn(answer.body()))
            .findFirst()
            .orElseThrow();
    assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
        .allSatisfy(answer -> assertThat(found(ORIGINAL, answer.body())).isEqualTo(original));
    assertThat(arrivals.settled(practice, original).claims()).isEqualTo(20);
    assertThat(claims()).isEqualTo(20);
  }

  @Test
  void theSameCheckInOtherBytesIsADuplicateOfWhatIsThere() {
    int check = CHECK.incrementAndGet();
    byte[] body = Checks.file(check, 1, 2);
    arrivals.settled(practice, send(body));
    String text = new String(body, StandardCharsets.US_ASCII);
    UUID other = send(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    assertThat(arrivals.settled(practice, other).state()).isEqualTo(FileState.DUPLICATE);
    assertThat(poster.get("/files/" + other).body()).contains("Was there before", "/remittances/");
    assertThat(claims()).isEqualTo(2);
    // and with one that is new beside it
    UUID more = send(Checks.file(check, 2, 2));
    CHECK.incrementAndGet();
    assertThat(arrivals.settled(practice, more).state()).isEqualTo(FileState.LOADED);
    assertThat(claims()).isEqualTo(4);
  }

  @Test
  void theSameFileInTwoPracticesIsNewInBoth() {
    byte[] body = newFile(2);
    UUID here = send(body);
    UUID elsewhere = users.practice("Elsewhere");
    TestApi other = users.api(elsewhere, "system/files.write");
    HttpResponse<String> answer = other.post("/api/files", X12, body);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(arrivals.settled(practice, here).state()).isEqualTo(FileState.LOADED);
    assertThat(arrivals.settled(elsewhere, idIn(answer.body())).state())
        .isEqualTo(FileState.LOADED);
  }

  @Test
  void aCompressedFileIsKeptAsItCameAndReadUncompressed() {
    byte[] plain = newFile(50);
    byte[] body = Checks.gzip(plain);
    UUID id = send(body);
    ReceivedFiles.Row file = arrivals.settled(practice, id);
    assertThat(file.state()).isEqualTo(FileState.LOADED);
    assertThat(file.size()).isEqualTo(body.length);
    assertThat(file.x12Size()).isEqualTo(plain.length);
    assertThat(file.claims()).isEqualTo(50);
    assertThat(poster.getBytes("/files/" + id + "/content").body()).isEqualTo(body);
  }

  static Stream<Arguments> unreadable() {
    byte[] damaged = Checks.gzip(new byte[5_000]);
    damaged[15] ^= 0x55;
    byte[] cut = Checks.gzip("not X12".repeat(900).getBytes(StandardCharsets.US_ASCII));
    return Stream.of(
        Arguments.of("nothing", new byte[0], "The file is empty."),
        Arguments.of("a PDF", "%PDF-1.7 made up".getBytes(StandardCharsets.US_ASCII), "not an X12"),
        Arguments.of("a ZIP", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0}, "This is a ZIP archive."),
        Arguments.of("damaged", damaged, "The compressed file is damaged"),
        Arguments.of("cut off", Arrays.copyOf(cut, cut.length - 9), "is damaged"),
        Arguments.of("no sets", isaOnly(), "No transaction set starts in it."));
  }

  private static byte[] isaOnly() {
    String text = new String(Checks.file(1, 1, 1), StandardCharsets.US_ASCII);
    return (text.substring(0, text.indexOf("GS*")) + "IEA*0*000000001~")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void whatCannotBeReadIsKeptAndQuarantined(String what, byte[] body, String why) {
    UUID id = send(body);
    ReceivedFiles.Row file = arrivals.settled(practice, id);
    assertThat(file.state()).isEqualTo(FileState.QUARANTINED);
    assertThat(file.trouble()).contains(why);
    assertThat(poster.get("/files/" + id).body()).contains("Why it is in quarantine", why);
    assertThat(poster.get("/files/" + id + "/raw").statusCode()).isEqualTo(200);
    assertThat(poster.getBytes("/files/" + id + "/content").body()).isEqualTo(body);
  }

  @Test
  void aBombIsQuarantinedWithTheReason() {
    UUID id = send(Checks.gzip(new byte[100 << 20]));
    ReceivedFiles.Row file = arrivals.settled(practice, id);
    assertThat(file.state()).isEqualTo(FileState.QUARANTINED);
    assertThat(file.trouble()).contains("It unpacks to more than 250 times its size");
  }

  @Test
  void aFileWithFindingsIsLoadedAndPointsAtItsSegments() {
    String text = new String(newFile(3), StandardCharsets.US_ASCII);
    byte[] wrong = text.replace("SE*25*", "SE*26*").getBytes(StandardCharsets.US_ASCII);
    UUID id = send(wrong);
    ReceivedFiles.Row file = arrivals.settled(practice, id);
    assertThat(file.state()).isEqualTo(FileState.LOADED);
    assertThat(file.errors()).isEqualTo(1);
    int offset = text.indexOf("SE*25*");
    assertThat(poster.get("/files/" + id).body())
        .contains("counted 25 segments")
        .contains("/files/%s/raw?at=%d&amp;segment=25&amp;element=SE01#s25".formatted(id, offset));
    String raw =
        poster.get("/files/%s/raw?at=%d&segment=25&element=SE01".formatted(id, offset)).body();
    assertThat(raw).contains("id=\"s25\"", "title=\"SE01\">26</mark>");
  }

  @Test
  void aFileCanBeReadAgainAndWhatWasLoadedStaysLoadedOnce() {
    String text = new String(newFile(3), StandardCharsets.US_ASCII);
    UUID id = send(text.replace("SE*25*", "SE*26*").getBytes(StandardCharsets.US_ASCII));
    arrivals.settled(practice, id);
    HttpResponse<String> answer = poster.post("/files/" + id + "/retry");
    assertThat(answer.statusCode()).isEqualTo(302);
    ReceivedFiles.Row file = arrivals.settled(practice, id);
    assertThat(file.state()).isEqualTo(FileState.LOADED);
    assertThat(file.claims()).isEqualTo(3);
    assertThat(claims()).isEqualTo(3);
    assertThat(arrivals.count(practice, "select count(*) from file_finding")).isEqualTo(1);
    // nothing is wrong with this one
    UUID good = send(newFile(1));
    arrivals.settled(practice, good);
    poster.post("/files/" + good + "/retry");
    assertThat(poster.get("/files/" + good).body()).contains("There is nothing to read again");
  }

  @Test
  void theListFiltersByStateAndGoesOnByKey() {
    UUID loaded = send(newFile(1));
    UUID quarantined = send("junk".getBytes(StandardCharsets.US_ASCII));
    arrivals.settled(practice, loaded);
    arrivals.settled(practice, quarantined);
    String html = poster.get("/files?state=quarantined").body();
    assertThat(html).contains(quarantined.toString()).doesNotContain(loaded.toString());
    for (int i = 0; i < 51; i++) {
      send(("junk " + i).getBytes(StandardCharsets.US_ASCII));
    }
    String first = poster.get("/files").body();
    Matcher more = Pattern.compile("href=\"(/files\\?after=[^\"]+)\"").matcher(first);
    assertThat(more.find()).isTrue();
    assertThat(first).doesNotContain(loaded.toString());
    assertThat(poster.get(more.group(1)).body())
        .contains(loaded.toString(), quarantined.toString());
    assertThat(poster.get("/files?after=nonsense").statusCode()).isEqualTo(200);
  }

  @Test
  void anEmptyListTeachesAndItsSampleLoads() {
    String html = poster.get("/files").body();
    assertThat(html).contains("No files yet", "/files/sample");
    HttpResponse<byte[]> sample = poster.getBytes("/files/sample");
    assertThat(sample.statusCode()).isEqualTo(200);
    assertThat(arrivals.settled(practice, send(sample.body())).state()).isEqualTo(FileState.LOADED);
  }

  @Test
  void bodiesOfOtherKindsAreRefused() {
    assertThat(program.post("/api/files", "text/html", newFile(1)).statusCode()).isEqualTo(415);
  }
}
