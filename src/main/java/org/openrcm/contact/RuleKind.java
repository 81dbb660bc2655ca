package org.openrcm.contact;

/** How a row of the rules is judged. */
@SuppressWarnings("ImmutableEnumChecker") // its judges are methods without state
enum RuleKind {
  CALLS_IN_DAYS,
  AFTER_CONVERSATION,
  HOURS,
  WISHED_TIMES,
  WISHED_PLACES,
  LAWYER,
  CEASE,
  DECEASED,
  REFUSED_CHANNEL,
  TEXT_FRESH,
  CONSENT,
  EMAIL_ORIGIN,
  ELECTRONIC,
  BOUNCED,
  FAILED_ADDRESS,
  REACHABLE,
  VALIDATION_DUE,
  OVERSHADOW,
  FLAG,
  CREDITOR_ASKED,
  BANKRUPTCY,
  NOTHING_OWED;

  /** What a rule says of what is asked, at its moment. */
  Word judge(Rule rule, Facts facts, Ask ask) {
    return switch (this) {
      case CALLS_IN_DAYS -> CallRules.callsInDays(rule, facts, ask);
      case AFTER_CONVERSATION -> CallRules.afterConversation(rule, facts, ask);
      case HOURS -> TimeRules.hours(rule, facts, ask);
      case WISHED_TIMES -> TimeRules.wishedTimes(rule, facts, ask);
      case WISHED_PLACES -> PersonRules.wishedPlaces(rule, facts, ask);
      case LAWYER -> PersonRules.lawyer(rule, facts, ask);
      case CEASE -> PersonRules.cease(rule, facts, ask);
      case DECEASED -> PersonRules.deceased(rule, facts, ask);
      case REFUSED_CHANNEL -> PersonRules.refusedChannel(rule, facts, ask);
      case TEXT_FRESH -> ConsentRules.textFresh(rule, facts, ask);
      case CONSENT -> ConsentRules.consent(rule, facts, ask);
      case EMAIL_ORIGIN -> ConsentRules.emailOrigin(rule, facts, ask);
      case ELECTRONIC -> ConsentRules.electronic(rule, facts, ask);
      case FAILED_ADDRESS -> ConsentRules.failedAddress(rule, facts, ask);
      case BOUNCED -> ConsentRules.bounced(rule, facts, ask);
      case REACHABLE -> ConsentRules.reachable(rule, facts, ask);
      case VALIDATION_DUE -> DebtRules.validationDue(rule, facts, ask);
      case OVERSHADOW -> DebtRules.overshadow(rule, facts, ask);
      case FLAG -> DebtRules.flag(rule, facts, ask);
      case CREDITOR_ASKED -> DebtRules.creditorAsked(rule, facts, ask);
      case BANKRUPTCY -> DebtRules.bankruptcy(rule, facts, ask);
      case NOTHING_OWED -> DebtRules.nothingOwed(rule, facts, ask);
    };
  }
}
