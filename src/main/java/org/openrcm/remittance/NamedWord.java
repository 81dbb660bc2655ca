package org.openrcm.remittance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Person;
import org.openrcm.billing.Reference;

/**
 * Something that a person or an organisation can be found by: a name or a number of theirs, as
 * table {@code named_word} has it.
 *
 * @param kind {@code Patient}, {@code Organization} or {@code Practitioner}
 * @param id of it, from {@link Identities}
 * @param field {@link #FAMILY}, {@link #GIVEN}, {@link #SUFFIX}, {@link #NAME} or {@link
 *     #IDENTIFIER}
 * @param word as {@link #folded}
 * @param qualifier of an identifier, as sent: NM108, N103 or REF01; empty otherwise
 */
public record NamedWord(String kind, String id, String field, String word, String qualifier) {
  public static final String PATIENT = "Patient";
  public static final String ORGANIZATION = "Organization";
  public static final String PRACTITIONER = "Practitioner";

  public static final String FAMILY = "family";
  public static final String GIVEN = "given";
  public static final String SUFFIX = "suffix";
  public static final String NAME = "name";
  public static final String IDENTIFIER = "identifier";

  private static final int LONGEST = 200;

  /** A word as it is kept and looked for: in lower case, and cut where it gets very long. */
  public static String folded(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.length() > LONGEST ? lower.substring(0, LONGEST) : lower;
  }

  /** The words of payer and payee. */
  public static List<NamedWord> of(Remittance remittance) {
    Words words = new Words();
    String payerId = Identities.payerId(remittance);
    words.party(payerId, remittance.payer());
    words.add(ORGANIZATION, payerId, IDENTIFIER, remittance.payment().originatorId(), null);
    words.party(Identities.payeeId(remittance), remittance.payee());
    return List.copyOf(words.found);
  }

  /** The words of everybody that a claim names. */
  public static List<NamedWord> of(ClaimParties parties) {
    Words words = new Words();
    words.person(PATIENT, parties.patientId(), parties.patient());
    words.person(PATIENT, parties.patientId(), parties.corrected());
    words.insured(parties.insured());
    Person rendering = parties.rendering();
    String renderingId = parties.renderingId();
    if (rendering != null && renderingId != null) {
      words.person(rendering.organization() ? ORGANIZATION : PRACTITIONER, renderingId, rendering);
    }
    for (ClaimParties.OtherCoverage other : parties.others()) {
      words.person(ORGANIZATION, other.payerId(), other.payer());
      words.insured(other.insured());
    }
    return List.copyOf(words.found);
  }

  private static final class Words {
    final Set<NamedWord> found = new LinkedHashSet<>();

    void party(String id, Party party) {
      add(ORGANIZATION, id, NAME, party.name(), null);
      add(ORGANIZATION, id, IDENTIFIER, party.id(), party.idQualifier());
      for (Reference reference : party.references()) {
        add(ORGANIZATION, id, IDENTIFIER, reference.value(), reference.qualifier());
      }
    }

    void insured(ClaimParties.@Nullable Insured insured) {
      if (insured != null) {
        String kind = insured.person().organization() ? ORGANIZATION : PATIENT;
        person(kind, insured.id(), insured.person());
        person(kind, insured.id(), insured.corrected());
      }
    }

    void person(String kind, String id, @Nullable Person person) {
      if (person == null) {
        return;
      }
      if (kind.equals(ORGANIZATION)) {
        add(kind, id, NAME, person.lastName(), null);
      } else {
        add(kind, id, FAMILY, person.lastName(), null);
        add(kind, id, GIVEN, person.firstName(), null);
        add(kind, id, GIVEN, person.middleName(), null);
        add(kind, id, SUFFIX, person.suffix(), null);
      }
      add(kind, id, IDENTIFIER, person.id(), person.idQualifier());
    }

    void add(String kind, String id, String field, @Nullable String text, @Nullable String also) {
      if (text != null && !text.isEmpty()) {
        found.add(new NamedWord(kind, id, field, folded(text), also == null ? "" : also));
      }
    }
  }
}
