package org.openrcm.account;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.Subject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An account as its pages show it.
 *
 * @param story up to the day that was asked for
 * @param coverages in their order, those that ended last
 * @param claims how many are on it
 * @param wantsGuardian whether the patient is under age and nobody else is known who pays
 * @param sameAs another account that claims know by this name and birth date; null when none
 */
public record AccountPage(
    State state,
    Story story,
    List<Coverage> coverages,
    List<ChangeLog.Correction> history,
    long claims,
    boolean wantsGuardian,
    @Nullable UUID sameAs) {

  private static final int COUNTRY = 2;

  public UUID id() {
    return state.id();
  }

  public long version() {
    return state.version();
  }

  /** As headings have it. */
  public String name() {
    String name =
        Naming.joined(
            " ",
            text(Field.FIRST_NAME),
            text(Field.MIDDLE_NAME),
            text(Field.LAST_NAME),
            text(Field.SUFFIX));
    return name.isEmpty() ? "(no name)" : name;
  }

  /** What a field holds; empty for nothing. */
  public String value(String field) {
    return text(Field.valueOf(field));
  }

  private String text(Field field) {
    return Objects.requireNonNullElse(state.value(field), "");
  }

  public @Nullable LocalDate birthDate() {
    return day(Field.BIRTH_DATE);
  }

  private @Nullable LocalDate day(Field field) {
    String day = state.value(field);
    return day == null ? null : LocalDate.parse(day);
  }

  public @Nullable LocalDate seenOn() {
    return state.seenOn();
  }

  public String address() {
    return address(
        text(Field.ADDRESS_1),
        text(Field.ADDRESS_2),
        text(Field.CITY),
        text(Field.STATE),
        text(Field.POSTAL_CODE),
        text(Field.COUNTRY));
  }

  private static String address(String... parts) {
    String country = parts[parts.length - 1];
    String place = Naming.joined(" ", parts[3], zip(parts[4]));
    return Naming.joined(
        ", ",
        parts[0],
        parts[1],
        parts[2],
        place,
        country.length() == COUNTRY && country.equals("US") ? "" : country);
  }

  /** ZIP+4 as people write it. */
  private static String zip(String code) {
    return code.matches("\\d{9}") ? code.substring(0, 5) + "-" + code.substring(5) : code;
  }

  /** Whether somebody else pays what insurers do not. */
  public boolean hasGuarantor() {
    return state.value(Field.GUARANTOR_LAST_NAME) != null;
  }

  public String guarantor() {
    String relationship = text(Field.GUARANTOR_RELATIONSHIP);
    String name =
        Naming.joined(" ", text(Field.GUARANTOR_FIRST_NAME), text(Field.GUARANTOR_LAST_NAME));
    return Arrays.stream(Relationship.values())
        .filter(each -> each.name().equals(relationship))
        .findFirst()
        .map(each -> name + " (" + each.label().toLowerCase(Locale.US) + ")")
        .orElse(name);
  }

  public @Nullable LocalDate guarantorBirthDate() {
    return day(Field.GUARANTOR_BIRTH_DATE);
  }

  public String guarantorAddress() {
    return address(
        text(Field.GUARANTOR_ADDRESS_1),
        text(Field.GUARANTOR_ADDRESS_2),
        text(Field.GUARANTOR_CITY),
        text(Field.GUARANTOR_STATE),
        text(Field.GUARANTOR_POSTAL_CODE),
        text(Field.GUARANTOR_COUNTRY));
  }

  /** The sex in a word. */
  public String sex() {
    return Choices.SEX.getOrDefault(text(Field.SEX), "");
  }

  public String language() {
    return Choices.LANGUAGE.getOrDefault(text(Field.LANGUAGE), "");
  }

  public String channel() {
    return Choices.CHANNEL.getOrDefault(text(Field.CHANNEL), "");
  }

  public boolean isOnPaper() {
    return Boolean.parseBoolean(text(Field.PAPER));
  }

  /** Whether a topic was set by hand. */
  public boolean isByHand(String topic) {
    return state.corrected().contains(Topic.valueOf(topic));
  }

  /** What claims say of a topic that was set by hand; empty where nothing. */
  public String said(String topic) {
    Said.Statement said = state.said().of(Topic.valueOf(topic));
    return said == null
        ? ""
        : Field.of(Topic.valueOf(topic)).stream()
            .filter(field -> field != Field.GUARANTOR_RELATIONSHIP)
            .map(field -> said.values().get(field))
            .filter(Objects::nonNull)
            .reduce((one, other) -> one + ", " + other)
            .orElse("");
  }

  /** Coverages that can be billed. */
  public List<Coverage> inForce() {
    return coverages.stream().filter(each -> !each.hasEnded()).toList();
  }

  public List<Coverage> ended() {
    return coverages.stream().filter(Coverage::hasEnded).toList();
  }

  /** Reads accounts for their pages, also those that other modules add. */
  @Component
  public static class Reader {
    private final JdbcClient sql;
    private final Stories stories;
    private final CoverageRows coverages;
    private final ChangeLog log;
    private final Accounts accounts;
    private final AuditTrail audit;
    private final Clock clock;

    Reader(
        JdbcClient sql,
        Stories stories,
        CoverageRows coverages,
        ChangeLog log,
        Accounts accounts,
        AuditTrail audit,
        Clock clock) {
      this.sql = sql;
      this.stories = stories;
      this.coverages = coverages;
      this.log = log;
      this.accounts = accounts;
      this.audit = audit;
      this.clock = clock;
    }

    /**
     * What the head of each page of an account shows, recorded as seen.
     *
     * @throws NoSuchAccount when the practice has none of this id; on record
     */
    @Transactional
    public AccountPage head(String id) {
      return read(NoSuchAccount.id(id), null, 0);
    }

    /**
     * The number of an account that something is to be done with; who does it records it.
     *
     * @throws NoSuchAccount when the practice has none of this id; on record
     */
    @Transactional
    public long number(String id, Action action) {
      UUID account = NoSuchAccount.id(id);
      return sql.sql("select number from account where id = ?")
          .param(account)
          .query(Long.class)
          .optional()
          .orElseThrow(() -> NoSuchAccount.denied(audit, action, account));
    }

    /**
     * An account, recorded as seen.
     *
     * @param asOf the day whose balances are asked for; null for now
     * @param most greatest number of entries that are told
     * @throws NoSuchAccount when the practice has none of this id; on record
     */
    @Transactional
    AccountPage read(UUID id, @Nullable LocalDate asOf, int most) {
      State state =
          sql.sql("select * from account where id = ?")
              .param(id)
              .query((row, index) -> StateRows.state(row))
              .optional()
              .orElseThrow(() -> NoSuchAccount.denied(audit, Action.VIEW, id));
      Collection<Long> number = List.of(state.number());
      audit.record(Action.VIEW, Subject.of(Accounts.SUBJECT, id), accounts.patients(number));
      List<Coverage> shown = coverages.shown(state.number());
      return new AccountPage(
          state,
          stories.of(state.number(), asOf, most),
          shown,
          log.of(state.number()),
          sql.sql("select count(*) from account_claim where account_number = ?")
              .param(state.number())
              .query(Long.class)
              .single(),
          Portrait.of(state, shown, List.of()).wantsGuardian(LocalDate.now(clock)),
          same(state));
    }

    private @Nullable UUID same(State state) {
      String identity =
          PersonKey.of(
              state.value(Field.LAST_NAME),
              state.value(Field.FIRST_NAME),
              state.value(Field.BIRTH_DATE));
      return identity == null
          ? null
          : sql.sql(
                  """
                  select a.id from account_identity i join account a on a.number = i.account_number
                  where i.identity = ? and i.account_number <> ?
                  """)
              .params(identity, state.number())
              .query(UUID.class)
              .optional()
              .orElse(null);
    }
  }
}
