package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ClaimResponse;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.openrcm.billing.ContentId;
import org.openrcm.claim.Claims;
import org.openrcm.claim.StoredBill;
import org.openrcm.remittance.ClaimKey;
import org.openrcm.remittance.Remittances;
import org.openrcm.remittance.StoredClaim;
import org.openrcm.remittance.StoredRemittance;
import org.springframework.stereotype.Component;

/**
 * Draws resources from rows, by the same functions as the command line has ({@link ClaimResources},
 * {@link RemittanceResources}); a handful of queries, however many there are.
 */
@Component
class Drawing {
  private static final String PAYMENT = "PaymentReconciliation";

  private final Claims claims;
  private final Remittances remittances;
  private final PaymentParts payments;
  private final StoredAccounts accounts;
  private final StoredTasks tasks;
  private final StoredStatements statements;
  private final StoredPayments receipts;
  private final StoredCommunications communications;
  private final StoredFlags flags;
  private final StoredAuditEvents audited;

  Drawing(
      Claims claims,
      Remittances remittances,
      PaymentParts payments,
      StoredAccounts accounts,
      StoredTasks tasks,
      StoredStatements statements,
      StoredPayments receipts,
      StoredCommunications communications,
      StoredFlags flags,
      StoredAuditEvents audited) {
    this.claims = claims;
    this.remittances = remittances;
    this.payments = payments;
    this.accounts = accounts;
    this.tasks = tasks;
    this.statements = statements;
    this.receipts = receipts;
    this.communications = communications;
    this.flags = flags;
    this.audited = audited;
  }

  /** The resources of these rows, in their order. */
  List<Drawn> draw(Collection<Row> rows) {
    Map<String, Drawn> drawn = new HashMap<>();
    Map<Origin, List<Row>> origins =
        rows.stream().collect(Collectors.groupingBy(row -> Origin.of(row.type())));
    billed(origins.getOrDefault(Origin.BILLED, List.of()), drawn);
    accounts.draw(origins.getOrDefault(Origin.ACCOUNT, List.of()), drawn);
    tasks.draw(origins.getOrDefault(Origin.TASK, List.of()), drawn);
    statements.draw(origins.getOrDefault(Origin.STATEMENT, List.of()), drawn);
    receipts.draw(origins.getOrDefault(Origin.RECEIPT, List.of()), drawn);
    communications.draw(origins.getOrDefault(Origin.CONTACT, List.of()), drawn);
    flags.draw(origins.getOrDefault(Origin.FLAG, List.of()), drawn);
    audited.draw(origins.getOrDefault(Origin.AUDITED, List.of()), drawn);
    remitted(origins.getOrDefault(Origin.REMITTED, List.of()), drawn);
    List<Drawn> ordered = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Drawn one = drawn.get(row.reference());
      if (one == null) {
        throw new IllegalStateException(row.type() + " is not in what names it");
      }
      ordered.add(one);
    }
    return ordered;
  }

  /** What resources of a type are drawn from. */
  private enum Origin {
    BILLED,
    ACCOUNT,
    TASK,
    STATEMENT,
    RECEIPT,
    CONTACT,
    FLAG,
    AUDITED,
    REMITTED;

    static Origin of(String type) {
      return switch (type) {
        case "Claim" -> BILLED;
        case "Account" -> ACCOUNT;
        case "Task" -> TASK;
        case "Invoice", "DocumentReference", BinaryEndpoint.TYPE -> STATEMENT;
        case "PaymentNotice" -> RECEIPT;
        case "Communication" -> CONTACT;
        case "Flag" -> FLAG;
        case AuditEvents.TYPE -> AUDITED;
        default -> REMITTED;
      };
    }
  }

  private void billed(List<Row> rows, Map<String, Drawn> into) {
    if (rows.isEmpty()) {
      return;
    }
    ClaimResources mapper = new ClaimResources(false);
    Map<UUID, StoredBill> bills =
        claims.find(rows.stream().map(Row::id).toList()).stream()
            .collect(Collectors.toMap(StoredBill::id, bill -> bill));
    for (Row row : rows) {
      StoredBill bill = bills.get(row.id());
      if (bill != null) {
        into.put(
            row.reference(),
            new Drawn(row, StoredClaims.draw(bill, mapper), Set.of(bill.patientId())));
      }
    }
  }

  private void remitted(List<Row> rows, Map<String, Drawn> drawn) {
    if (rows.isEmpty()) {
      return;
    }
    RemittanceResources mapper = new RemittanceResources(false);
    Map<Long, StoredRemittance> checks =
        remittances.remittances(rows.stream().map(Row::set).collect(Collectors.toSet()));
    Map<ClaimKey, StoredClaim> decided = decided(rows);
    payments
        .draw(rows.stream().filter(Drawing::isPayment).toList(), checks, mapper)
        .forEach(payment -> drawn.put(payment.row().reference(), payment));
    Map<ClaimKey, List<Row>> together = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> !isPayment(row))
        .forEach(row -> together.computeIfAbsent(key(row), any -> new ArrayList<>()).add(row));
    together.forEach(
        (key, ofKey) -> {
          StoredRemittance check = check(checks, ofKey.get(0));
          pick(ofKey, resources(mapper, check, key, decided), drawn);
        });
    for (Row row : rows) {
      Drawn one = drawn.get(row.reference());
      if (one != null && !isPayment(row)) {
        loaded(one.resource(), check(checks, row));
      }
    }
  }

  private static boolean isPayment(Row row) {
    return row.type().equals(PAYMENT);
  }

  private static ClaimKey key(Row row) {
    return new ClaimKey(row.set(), row.ordinal());
  }

  static StoredRemittance check(Map<Long, StoredRemittance> checks, Row row) {
    StoredRemittance check = checks.get(row.set());
    if (check == null) {
      throw new IllegalStateException("a " + row.type() + " without its remittance");
    }
    return check;
  }

  private Map<ClaimKey, StoredClaim> decided(Collection<Row> rows) {
    Set<ClaimKey> keys = new HashSet<>();
    for (Row row : rows) {
      if (!isPayment(row) && row.ordinal() > 0) {
        keys.add(key(row));
      }
    }
    return keys.isEmpty()
        ? Map.of()
        : remittances.claims(keys).stream()
            .collect(Collectors.toMap(StoredClaim::key, claim -> claim));
  }

  private static List<Resource> resources(
      RemittanceResources mapper,
      StoredRemittance check,
      ClaimKey key,
      Map<ClaimKey, StoredClaim> claims) {
    if (key.ordinal() == 0) {
      return mapper.of(check.remittance());
    }
    StoredClaim claim = claims.get(key);
    if (claim == null) {
      throw new IllegalStateException("a row without its claim");
    }
    return mapper.of(
        check.remittance(), claim.claim(), ContentId.text(claim.id()), claim.priorClaimNumber());
  }

  private static void pick(List<Row> rows, List<Resource> resources, Map<String, Drawn> into) {
    Map<String, Resource> byReference = new HashMap<>();
    for (Resource resource : resources) {
      byReference.putIfAbsent(resource.fhirType() + "/" + resource.getIdPart(), resource);
    }
    for (Row row : rows) {
      Resource resource = byReference.get(row.reference());
      if (resource != null) {
        into.put(row.reference(), new Drawn(row, resource, patients(resource)));
      }
    }
  }

  private static void loaded(Resource resource, StoredRemittance check) {
    resource.getMeta().setLastUpdatedElement(Elements.instant(check.loadedAt()));
  }

  /** Whose data a resource shows, by its references; a PaymentReconciliation has none. */
  private static Set<UUID> patients(Resource resource) {
    Set<UUID> patients = new HashSet<>();
    if (resource instanceof ExplanationOfBenefit eob) {
      add(eob.getPatient(), patients);
    } else if (resource instanceof ClaimResponse response) {
      add(response.getPatient(), patients);
    } else if (resource instanceof Coverage coverage) {
      add(coverage.getBeneficiary(), patients);
      add(coverage.getSubscriber(), patients);
    } else if (resource.fhirType().equals("Patient")) {
      add(new Reference("Patient/" + resource.getIdPart()), patients);
    }
    return patients;
  }

  private static void add(Reference reference, Set<UUID> patients) {
    String text = reference.getReference();
    if (text != null && text.startsWith("Patient/")) {
      patients.add(ContentId.uuid(text.substring("Patient/".length())));
    }
  }
}
