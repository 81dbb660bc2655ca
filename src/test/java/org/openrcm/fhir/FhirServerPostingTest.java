package org.openrcm.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PaymentReconciliation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestUsers;
import org.openrcm.posting.Posting;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Where a check is on its way into the books, as its PaymentReconciliation says it. */
@ServerTest
class FhirServerPostingTest {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final Path CHECK = Path.of("samples/family-practice.835");

  @Autowired private ApplicationContext server;
  @Autowired private TestUsers users;
  @Autowired private Posting posting;

  private TestBooks books;
  private TestApi program;

  @BeforeEach
  void aPracticeWithACheck() {
    books = new TestBooks(server);
    books.load(CHECK);
    program = users.api(books.practice, "system/PaymentReconciliation.rs");
  }

  private List<PaymentReconciliation> found(String search) {
    HttpResponse<String> answer = program.get("/fhir/PaymentReconciliation?" + search);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return CONTEXT.newJsonParser().parseResource(Bundle.class, answer.body()).getEntry().stream()
        .map(entry -> (PaymentReconciliation) entry.getResource())
        .toList();
  }

  private static String state(PaymentReconciliation payment) {
    Coding state = (Coding) payment.getExtensionByUrl(Systems.POSTING_STATE_EXTENSION).getValue();
    assertThat(state.getSystem()).isEqualTo(Systems.POSTING_STATE);
    return state.getCode();
  }

  /** The state that the check tells, once it is found by that and by nothing else. */
  private void is(String state) {
    assertThat(found("posting-state=" + state))
        .singleElement()
        .satisfies(payment -> assertThat(state(payment)).isEqualTo(state));
    for (PostingState other : PostingState.values()) {
      if (!other.code().equals(state)) {
        assertThat(found("posting-state=" + other.code())).as(other.code()).isEmpty();
      }
    }
  }

  @Test
  void aCheckSaysHowFarItsPostingIs() {
    UUID check = books.checks("WAITING").get(0);
    is("waiting");
    books.run(() -> posting.hold(check));
    is("on-hold");
    books.run(() -> posting.post(check, List.of()));
    is("posted");
    books.run(() -> posting.undo(check));
    is("undone");
    assertThat(found("posting-state=http://example.org%7Cundone")).isEmpty();
    assertThat(found("posting-state=" + Systems.POSTING_STATE + "%7Cundone,waiting")).hasSize(1);
  }

  @Test
  void whoeverAsksForWhatChangedHearsOfThePosting() {
    PaymentReconciliation before = found("").get(0);
    Instant since = before.getMeta().getLastUpdated().toInstant();
    books.postAll();
    PaymentReconciliation after = found("").get(0);
    assertThat(after.getMeta().getLastUpdated()).isAfter(Date.from(since));
    assertThat(found("_lastUpdated=gt" + since)).hasSize(1);
    String now = after.getMeta().getLastUpdated().toInstant().plusSeconds(1).toString();
    assertThat(found("_lastUpdated=gt" + now)).isEmpty();
  }

  @Test
  void allElseIsAsConvertWritesIt() {
    books.postAll();
    String expected =
        Remitted.json(CHECK).stream()
            .filter(json -> json.startsWith("{\"resourceType\":\"PaymentReconciliation\""))
            .findFirst()
            .orElseThrow();
    PaymentReconciliation converted =
        CONTEXT.newJsonParser().parseResource(PaymentReconciliation.class, expected);
    assertThat(converted.getExtensionByUrl(Systems.POSTING_STATE_EXTENSION)).isNull();
    PaymentReconciliation served = found("").get(0);
    assertThat(ProfileValidator.shared().errors(served)).isEmpty();
    served.getExtension().removeIf(one -> one.getUrl().equals(Systems.POSTING_STATE_EXTENSION));
    served.getMeta().setLastUpdated(null);
    assertThat(CONTEXT.newJsonParser().encodeResourceToString(served))
        .isEqualTo(CONTEXT.newJsonParser().encodeResourceToString(converted));
  }

  @Test
  void everyStateOfTheBooksIsSaid() {
    assertThat(Arrays.stream(PostingState.values()).flatMap(state -> state.stored().stream()))
        .containsExactlyInAnyOrder(
            "PREPARING", "WAITING", "HELD", "POSTING", "POSTED", "UNDOING", "UNDONE");
  }
}
