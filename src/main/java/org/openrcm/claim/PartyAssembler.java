package org.openrcm.claim;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;
import org.openrcm.billing.Contact;
import org.openrcm.billing.Parts;
import org.openrcm.billing.Person;
import org.openrcm.billing.Values;
import org.openrcm.x12.Segment;

/** Puts one party together from the loop that its NM1 opens. */
final class PartyAssembler {
  private static final long PERSON = ClaimParts.elements(1, 2, 3, 4, 5, 7, 8, 9);
  private static final long ADDRESS = ClaimParts.elements(1, 2, 3, 4, 7);
  private static final long LINES = ClaimParts.elements(1, 2);
  private static final long THREE = ClaimParts.elements(1, 2, 3);
  private static final int CHANNELS = 8;

  private final Values values;
  private final ClaimParts parts;

  private boolean open;
  private String loop = "";
  private @Nullable Person person;
  private Named.@Nullable Specialty specialty;
  private List<String> lines = List.of();
  private @Nullable Address address;
  private boolean hasPlace;
  private Named.@Nullable Demographics demographics;
  private final List<ClaimReference> references = new ArrayList<>();
  private final List<Contact> contacts = new ArrayList<>();
  private final List<Period> periods = new ArrayList<>();

  PartyAssembler(Values values, ClaimParts parts) {
    this.values = values;
    this.parts = parts;
  }

  boolean isOpen() {
    return open;
  }

  /** The loop of the open party. */
  String loop() {
    return loop;
  }

  /** Starts a party; false when its NM1 says more than is held. */
  boolean begin(Segment nm1) {
    clear();
    open = true;
    loop = nm1.loop().id();
    person = Parts.person(nm1);
    return ClaimParts.hasOnly(nm1, PERSON) && (nm1.is(2, "1") || nm1.is(2, "2"));
  }

  /** Takes a later segment of the loop; false when not all it says is held. */
  boolean add(Segment segment) {
    return switch (segment.tag()) {
      case "REF" -> ClaimParts.reference(segment, references);
      case "N3" -> lines(segment);
      case "N4" -> address(segment);
      case "PRV" -> specialty(segment);
      case "DMG" -> demographics(segment);
      case "DTP" -> parts.period(segment, periods);
      case "PER" -> contact(segment);
      default -> false;
    };
  }

  private boolean lines(Segment n3) {
    if (address != null) {
      return false;
    }
    lines = n3.has(2) ? List.of(n3.text(1), n3.text(2)) : List.of(n3.text(1));
    address = new Address(lines, null, null, null, null, null);
    return ClaimParts.hasOnly(n3, LINES);
  }

  private boolean address(Segment n4) {
    if (hasPlace) {
      return false;
    }
    hasPlace = true;
    address =
        new Address(
            lines,
            n4.textOrNull(1),
            n4.textOrNull(2),
            n4.textOrNull(3),
            n4.textOrNull(4),
            n4.textOrNull(7));
    return ClaimParts.hasOnly(n4, ADDRESS);
  }

  private boolean specialty(Segment prv) {
    if (specialty != null) {
      return false;
    }
    specialty = new Named.Specialty(prv.text(1), prv.text(3));
    return ClaimParts.hasOnly(prv, THREE) && prv.is(2, "PXC");
  }

  private boolean demographics(Segment dmg) {
    if (demographics != null) {
      return false;
    }
    LocalDate birthDate = dmg.is(1, "D8") ? values.date(dmg, 2) : null;
    demographics = new Named.Demographics(birthDate, dmg.textOrNull(3));
    return ClaimParts.hasOnly(dmg, THREE) && (birthDate != null || dmg.isEmpty(2));
  }

  private boolean contact(Segment per) {
    Contact contact = Parts.contact(per);
    contacts.add(contact);
    int sent = 0;
    for (int i = 3; i <= CHANNELS; i++) {
      sent += per.has(i) ? 1 : 0;
    }
    return sent == 2 * contact.channels().size() && per.isEmpty(CHANNELS + 1);
  }

  /** Ends the open party, if there is one. */
  @Nullable Named end() {
    Person named = person;
    if (!open || named == null) {
      return null;
    }
    Named ended =
        new Named(
            loop,
            named,
            specialty,
            address,
            demographics,
            Parts.frozen(references),
            Parts.frozen(contacts),
            Parts.frozen(periods));
    clear();
    return ended;
  }

  void clear() {
    open = false;
    person = null;
    specialty = null;
    lines = List.of();
    address = null;
    hasPlace = false;
    demographics = null;
    references.clear();
    contacts.clear();
    periods.clear();
  }
}
