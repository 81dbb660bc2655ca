package org.openrcm.contact;

/** How a row of the rules is judged. */
enum RuleKind {
  CALLS_IN_DAYS(CallRules::callsInDays),
  AFTER_CONVERSATION(CallRules::afterConversation),
  HOURS(TimeRules::hours),
  WISHED_TIMES(TimeRules::wishedTimes),
  WISHED_PLACES(PersonRules::wishedPlaces),
  LAWYER(PersonRules::lawyer),
  CEASE(PersonRules::cease),
  DECEASED(PersonRules::deceased),
  REFUSED_CHANNEL(PersonRules::refusedChannel),
  TEXT_FRESH(ConsentRules::textFresh),
  CONSENT(ConsentRules::consent),
  EMAIL_ORIGIN(ConsentRules::emailOrigin),
  ELECTRONIC(ConsentRules::electronic),
  BOUNCED(ConsentRules::bounced),
  REACHABLE(ConsentRules::reachable),
  VALIDATION_DUE(DebtRules::validationDue),
  OVERSHADOW(DebtRules::overshadow),
  FLAG(DebtRules::flag),
  CREDITOR_ASKED(DebtRules::creditorAsked),
  BANKRUPTCY(DebtRules::bankruptcy),
  NOTHING_OWED(DebtRules::nothingOwed);

  private final Judge judge;

  /** What a rule says of what is asked, at its moment. */
  @FunctionalInterface
  interface Judge {
    Word of(Rule rule, Facts facts, Ask ask);
  }

  RuleKind(Judge judge) {
    this.judge = judge;
  }

  Word judge(Rule rule, Facts facts, Ask ask) {
    return judge.of(rule, facts, ask);
  }
}
