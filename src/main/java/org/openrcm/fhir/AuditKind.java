package org.openrcm.fhir;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;

/**
 * What an AuditEvent says of each {@link Action}. Of reading and writing it is what IHE BALP (Basic
 * Audit Log Patterns) says, whose directions go by the data when something is read, and by the
 * parameters when something is looked for; of the rest what DICOM has codes for (PS3.15 A.5). What
 * leaves as paper, file or message is an export, and the life cycle of records (ISO 21089) tells
 * which of them.
 */
// its codes are records of texts
@SuppressWarnings("ImmutableEnumChecker")
enum AuditKind {
  CREATE(
      Action.ADD,
      rest(),
      interaction("create"),
      AuditEventAction.C,
      source(),
      destination(),
      author(),
      "Create"),
  UPDATE(
      Action.CHANGE,
      rest(),
      interaction("update"),
      AuditEventAction.U,
      source(),
      destination(),
      author(),
      "Update"),
  DELETE(
      Action.DELETE,
      rest(),
      interaction("delete"),
      AuditEventAction.D,
      dicom("110150", "Application"),
      custodian(),
      author(),
      "Delete"),
  READ(
      Action.VIEW,
      rest(),
      interaction("read"),
      AuditEventAction.R,
      destination(),
      source(),
      receiver(),
      "Read"),
  QUERY(
      Action.QUERY,
      rest(),
      interaction("search"),
      AuditEventAction.E,
      source(),
      destination(),
      receiver(),
      "Query"),
  PRINT(Action.PRINT, "report"),
  EXTRACT(Action.COPY, "extract"),
  TRANSMIT(Action.SEND, "transmit"),
  SIGN_IN(Action.SIGN_IN, dicom("110114", "User Authentication"), dicom("110122", "Login")),
  SIGN_OUT(Action.SIGN_OUT, dicom("110114", "User Authentication"), dicom("110123", "Logout")),
  RIGHTS(
      Action.PRIVILEGE,
      dicom("110113", "Security Alert"),
      dicom("110136", "Security Roles Changed"));

  /** A code with the words that its system has for it; null where they are left out. */
  private record Code(String system, String code, @Nullable String display) {
    Coding coding() {
      return Elements.coding(system, code).setDisplay(display);
    }
  }

  private static final String EXPORT = "110106";

  private final Action act;
  private final Code type;
  private final Code subtype;
  private final AuditEventAction action;
  private final Code client;
  private final Code server;
  private final Code user;
  private final @Nullable String balp;

  /** Something that leaves: from the server to whoever asked for it. */
  AuditKind(Action act, String event) {
    this(
        act,
        dicom(EXPORT, "Export"),
        new Code(Systems.RECORD_LIFECYCLE, event, null),
        AuditEventAction.R,
        destination(),
        source(),
        receiver(),
        null);
  }

  /** Who somebody is, and what they may do. */
  AuditKind(Action act, Code type, Code subtype) {
    this(act, type, subtype, AuditEventAction.E, source(), destination(), author(), null);
  }

  AuditKind(
      Action act,
      Code type,
      Code subtype,
      AuditEventAction action,
      Code client,
      Code server,
      Code user,
      @Nullable String balp) {
    this.act = act;
    this.type = type;
    this.subtype = subtype;
    this.action = action;
    this.client = client;
    this.server = server;
    this.user = user;
    this.balp = balp;
  }

  /**
   * The kind of an action.
   *
   * @param action by the name of {@link Action}
   */
  static AuditKind of(String action) {
    return Stream.of(values())
        .filter(kind -> kind.act.name().equals(action))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the record has an action without a kind"));
  }

  /** As the record has it. */
  String stored() {
    return act.name();
  }

  Coding type() {
    return type.coding();
  }

  Coding subtype() {
    return subtype.coding();
  }

  AuditEventAction action() {
    return action;
  }

  /** What the program or browser is that asked. */
  Coding client() {
    return client.coding();
  }

  Coding server() {
    return server.coding();
  }

  /** What the person is that asked. */
  Coding user() {
    return user.coding();
  }

  /**
   * Whether it is about a search and not about one thing: always what BALP calls a query; what left
   * where it was chosen by a search.
   */
  boolean isOfSearch(boolean withQuery) {
    return this == QUERY || (withQuery && type.code().equals(EXPORT));
  }

  /** Whether BALP has of the program only who it is, and of the thing only what it is. */
  boolean isBare() {
    return this == DELETE;
  }

  /** The profile of ours that a success of this kind meets. */
  String profile(boolean ofPatient) {
    return Systems.PROFILE
        + "audit-"
        + (ofPatient && balp != null ? "patient-" : "")
        + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All profiles that events have: of ours that of all, and of each kind, and those of BALP. */
  static List<String> profiles() {
    Set<String> all = new LinkedHashSet<>();
    all.add(Systems.AUDIT_PROFILE);
    for (AuditKind kind : values()) {
      for (boolean ofPatient : new boolean[] {false, true}) {
        all.add(kind.profile(ofPatient));
        String balp = kind.balpProfile(ofPatient);
        if (balp != null) {
          all.add(balp);
        }
      }
    }
    return List.copyOf(all);
  }

  /** The profile of BALP that a success of this kind meets; null where it has none. */
  @Nullable String balpProfile(boolean ofPatient) {
    return balp == null ? null : Systems.BALP_PROFILE + (ofPatient ? "Patient" : "") + balp;
  }

  private static Code rest() {
    return new Code(Systems.AUDIT_EVENT_TYPE, "rest", "Restful Operation");
  }

  private static Code interaction(String code) {
    return new Code(Systems.RESTFUL_INTERACTION, code, code);
  }

  private static Code dicom(String code, String display) {
    return new Code(Systems.DICOM, code, display);
  }

  private static Code source() {
    return dicom("110153", "Source Role ID");
  }

  private static Code destination() {
    return dicom("110152", "Destination Role ID");
  }

  private static Code custodian() {
    return new Code(Systems.PROVENANCE_PARTICIPANT, "custodian", "Custodian");
  }

  private static Code receiver() {
    return participant("IRCP", "information recipient");
  }

  private static Code author() {
    return participant("AUT", "author (originator)");
  }

  private static Code participant(String code, String display) {
    return new Code(Systems.PARTICIPATION_TYPE, code, display);
  }
}
