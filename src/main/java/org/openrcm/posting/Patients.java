package org.openrcm.posting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.account.Learned;
import org.openrcm.account.Seen;
import org.openrcm.billing.Address;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Person;
import org.openrcm.claim.Claim;
import org.openrcm.claim.Claims;
import org.openrcm.claim.Named;
import org.openrcm.claim.OtherCoverage;
import org.openrcm.claim.PlanMembership;
import org.openrcm.claim.StoredBill;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.ClaimPayment;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredClaim;
import org.openrcm.remittance.Wording;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells {@code account} what claims and remittances say of patients and their coverages. */
@Component
class Patients {
  private final JdbcClient sql;
  private final Claims claims;
  private final Remittances remittances;
  private final Accounts accounts;

  Patients(JdbcClient sql, Claims claims, Remittances remittances, Accounts accounts) {
    this.sql = sql;
    this.claims = claims;
    this.remittances = remittances;
    this.accounts = accounts;
  }

  /** The patients of all claims of these numbers (CLM01). */
  void ofClaims(Collection<String> patientControlNumbers) {
    accounts.take(
        claims.ofControlNumbers(patientControlNumbers).stream().map(Patients::seen).toList());
  }

  /** What a check adds: a payer that comes next (NM1*TT), a member number corrected (NM1*74). */
  void ofCheck(long remittance) {
    List<ClaimKey> keys = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    List<String> controls = new ArrayList<>();
    sql.sql(
            """
            select cp.ordinal, c.number, c.patient_control_number from claim_payment cp
            cross join lateral (
              select claim_number from payment_posting
              where remittance_number = cp.remittance_number and ordinal = cp.ordinal offset 0) p
            join claim c on c.number = p.claim_number
            where cp.remittance_number = ? and ('TT' = any (cp.people) or '74' = any (cp.people))
            order by cp.ordinal
            """)
        .param(remittance)
        .query(
            row -> {
              keys.add(new ClaimKey(remittance, row.getInt("ordinal")));
              numbers.add(row.getLong("number"));
              controls.add(row.getString("patient_control_number"));
            });
    if (keys.isEmpty()) {
      return;
    }
    ofClaims(controls);
    LocalDate day =
        sql.sql("select day from remittance_posting where remittance_number = ?")
            .param(remittance)
            .query(LocalDate.class)
            .single();
    List<Learned> learned = new ArrayList<>();
    List<StoredClaim> stored = remittances.claims(keys);
    for (int i = 0; i < stored.size(); i++) {
      ClaimPayment claim = stored.get(i).claim();
      Person next = claim.person("TT");
      Person corrected = claim.person("74");
      learned.add(
          new Learned(
              numbers.get(i),
              next == null ? null : next(claim, next),
              corrected == null ? null : corrected.id(),
              day));
    }
    accounts.learn(learned);
  }

  private static Seen.SeenCoverage next(ClaimPayment claim, Person next) {
    int rank = claim.status().equals("20") || claim.status().equals("2") ? 3 : 2;
    return new Seen.SeenCoverage(
        rank, next.lastName(), next.id(), null, null, null, null, null, null);
  }

  private static Seen seen(StoredBill bill) {
    Claim claim = bill.claim();
    Named subscriber = claim.subscriber().person();
    List<Seen.SeenCoverage> coverages = new ArrayList<>();
    PlanMembership own = claim.subscriber().membership();
    String relationship = claim.patient() == null ? "18" : claim.patient().facts().relationship();
    coverages.add(coverage(own, relationship, subscriber, claim.subscriber().payer()));
    for (OtherCoverage other : claim.otherCoverages()) {
      coverages.add(
          coverage(
              other.membership(),
              other.membership().relationship(),
              other.subscriber(),
              other.payer()));
    }
    LocalDate sent = bill.submission().date();
    return new Seen(
        bill.number(),
        claim.patientControlNumber(),
        sent == null ? bill.loadedAt().atZone(java.time.ZoneOffset.UTC).toLocalDate() : sent,
        person(claim.treated()),
        claim.patient() == null || subscriber.person().organization() ? null : person(subscriber),
        coverages);
  }

  private static Seen.SeenCoverage coverage(
      PlanMembership membership,
      @Nullable String relationship,
      @Nullable Named subscriber,
      @Nullable Named payer) {
    return new Seen.SeenCoverage(
        Bill.rank(membership.sequence()),
        payer == null ? null : payer.person().lastName(),
        payer == null ? null : payer.person().id(),
        subscriber == null ? null : subscriber.person().shownId(),
        membership.group(),
        membership.groupName(),
        membership.filingIndicator(),
        relationship,
        subscriber == null ? null : Wording.shortName(subscriber.person()));
  }

  private static Seen.Person person(Named named) {
    Person person = named.person();
    Address address = named.address();
    Named.Demographics demographics = named.demographics();
    return new Seen.Person(
        person.lastName(),
        person.firstName(),
        person.middleName(),
        person.suffix(),
        demographics == null ? null : demographics.birthDate(),
        demographics == null ? null : demographics.sex(),
        address == null ? List.of() : address.lines(),
        address == null ? null : address.city(),
        address == null ? null : address.state(),
        address == null ? null : address.postalCode(),
        address == null ? null : address.country(),
        phone(named.contacts()));
  }

  private static @Nullable String phone(List<Contact> contacts) {
    for (Contact contact : contacts) {
      for (Contact.Channel channel : contact.channels()) {
        if (channel.qualifier().equals("TE")) {
          return channel.value();
        }
      }
    }
    return null;
  }
}
