package org.openrcm.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Portrait;
import org.openrcm.account.Seen;
import org.openrcm.billing.Procedure;
import org.openrcm.money.Money;

/** Draws what a statement says from the visits that the gate lets pass. */
final class Drawing {
  private Drawing() {}

  /**
   * What is known when a statement is issued.
   *
   * @param stage how it speaks
   */
  record Occasion(
      long number, String code, LocalDate day, Stage stage, Content.@Nullable Since since) {}

  static Content of(
      Portrait account, Standing standing, Gate.Verdict verdict, Policy policy, Occasion occasion) {
    return new Content(
        occasion.number(),
        account.number(),
        Language.of(account.language()),
        occasion.stage(),
        occasion.day(),
        occasion.day().plusDays(policy.dueDays()),
        policy.letterhead(),
        policy.help(),
        policy.payPage(),
        addressee(account, occasion.day()),
        name(account.patient()),
        occasion.code(),
        verdict.owed(),
        standing.credit(),
        occasion.since(),
        verdict.billable().stream().map(Drawing::visit).toList(),
        waiting(verdict.waiting()));
  }

  private static String name(Seen.Person person) {
    return Names.of(person.firstName(), person.middleName(), person.lastName(), person.suffix());
  }

  /**
   * Who is written to on a day. A child owes no doctor anything, so of one for whom nobody is known
   * to pay it is whoever has the care of them.
   */
  static Content.Addressee addressee(Portrait account, LocalDate day) {
    Seen.Person to = account.addressee();
    String zip = to.postalCode() == null ? "" : zip(to.postalCode());
    List<String> lines = new ArrayList<>();
    to.addressLines().forEach(line -> lines.add(Names.written(line)));
    String place =
        Stream.of(to.city() == null ? "" : Names.written(to.city()), to.state(), zip)
            .filter(part -> part != null && !part.isEmpty())
            .reduce((one, other) -> one + " " + other)
            .orElse("");
    if (!place.isEmpty()) {
      lines.add(place);
    }
    return new Content.Addressee(
        name(to), lines, to.state(), account.wantsGuardian(day) ? Boolean.TRUE : null);
  }

  /** ZIP+4 as people write it. */
  private static String zip(String code) {
    return code.matches("\\d{9}") ? code.substring(0, 5) + "-" + code.substring(5) : code;
  }

  private static List<Content.Waiting> waiting(Map<Visit, List<Reason>> waiting) {
    List<Content.Waiting> list = new ArrayList<>();
    waiting.forEach(
        (visit, reasons) -> {
          if (!visit.owed().isZero() || !visit.sums().pending().isZero()) {
            list.add(
                new Content.Waiting(
                    visit.from(),
                    visit.provider(),
                    visit.sums().charged().amount(),
                    reasons.get(0).why().name()));
          }
        });
    return list;
  }

  static Content.BilledVisit visit(Visit visit) {
    Sums sums = visit.sums();
    List<UUID> eobs = visit.standing().stream().map(Decision::eob).toList();
    List<Content.Share> shares = new ArrayList<>();
    sums.shares()
        .forEach(
            (code, amount) -> {
              if (!amount.isZero()) {
                shares.add(new Content.Share(code, amount));
              }
            });
    return new Content.BilledVisit(
        visit.id(),
        visit.control(),
        visit.from(),
        visit.until(),
        visit.provider(),
        sums.charged(),
        sums.discount(),
        insurers(visit),
        shares,
        sums.paid(),
        sums.forgiven(),
        visit.owed(),
        visit.services().stream().map(service -> service(service, eobs)).toList(),
        visit.standing().stream().flatMap(each -> each.remarks().stream()).distinct().toList(),
        eobs,
        visit.standing().stream().map(Decision::member).reduce(null, (one, last) -> last),
        sums.givenUp().isZero() ? null : sums.givenUp());
  }

  private static List<Content.Insurer> insurers(Visit visit) {
    List<Content.Insurer> insurers = new ArrayList<>();
    visit
        .sums()
        .insurers()
        .forEach(
            (rank, paid) -> {
              Decision last =
                  visit.standing().stream()
                      .filter(decision -> decision.rank() == rank)
                      .reduce((one, other) -> other)
                      .orElse(null);
              if (last != null) {
                insurers.add(new Content.Insurer(Names.written(last.payer()), last.day(), paid));
              } else if (!paid.isZero()) {
                insurers.add(new Content.Insurer("", visit.from(), paid));
              }
            });
    return insurers;
  }

  private static Content.Service service(Visit.Service service, List<UUID> standing) {
    Procedure procedure = service.procedure();
    Sums sums = service.sums();
    return new Content.Service(
        service.number(),
        service.day(),
        procedure == null ? null : procedure.qualifier(),
        procedure == null ? null : procedure.code(),
        service.revenueCode(),
        sums.charged().amount(),
        sums.discount().amount(),
        sums.insurers().values().stream().map(Figure::amount).reduce(Money.ZERO, Money::plus),
        sums.share(),
        sums.shares().entrySet().stream()
            .filter(share -> !share.getValue().isZero())
            .map(Map.Entry::getKey)
            .toList(),
        service.items().stream().filter(item -> standing.contains(item.eob())).toList(),
        sums.entries());
  }
}
