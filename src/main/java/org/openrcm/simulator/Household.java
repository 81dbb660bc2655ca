package org.openrcm.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrcm.billing.Address;

/**
 * Who lives together and how they are insured; made anew from its number each time it is wanted.
 *
 * @param members the subscriber first
 * @param medical who pays doctors and hospitals
 * @param supplement who pays after that, if anybody does
 * @param dental who pays dentists
 * @param memberNumber the digits of the member id (NM109), the same at each payer
 * @param group SBR03
 */
record Household(
    List<Member> members,
    Payer medical,
    @Nullable Payer supplement,
    Payer dental,
    String memberNumber,
    String group) {

  private static final int OLD_AGE = 65;

  /** The household of this number in the practice of this number. */
  static Household of(long seed, int practice, int number, LocalDate day) {
    Dice dice = Dice.of(seed, "household", practice, number);
    int age = dice.chance(300) ? dice.between(OLD_AGE, 92) : dice.between(22, OLD_AGE - 1);
    String last = Names.last(dice);
    Address home = Names.address(dice, dice.oneOf(Names.towns()));
    String sex = dice.chance(500) ? "F" : "M";
    List<Member> members = new ArrayList<>();
    members.add(member(dice, "18", last, sex, age, home, day));
    if (age < OLD_AGE && dice.chance(450)) {
      String other = sex.equals("F") ? "M" : "F";
      int itsAge = Math.max(20, Math.min(OLD_AGE - 1, age + dice.between(-6, 6)));
      members.add(member(dice, "01", last, other, itsAge, home, day));
    }
    int children = age < 26 || age > 58 || dice.chance(400) ? 0 : dice.between(1, 3);
    for (int i = 0; i < children; i++) {
      String its = dice.chance(500) ? "F" : "M";
      members.add(
          member(dice, "19", last, its, dice.between(1, Math.min(17, age - 21)), home, day));
    }
    Payer medical = Payer.choose(dice, "medical", age);
    boolean isMedicare = medical.filing().equals("MB");
    Payer supplement =
        isMedicare && dice.chance(500) ? Payer.choose(dice, "supplement", age) : null;
    return new Household(
        List.copyOf(members),
        medical,
        supplement,
        Payer.choose(dice, "dental", age),
        dice.digits(9),
        "G" + dice.digits(5));
  }

  private static Member member(
      Dice dice,
      String relationship,
      String last,
      String sex,
      int age,
      Address home,
      LocalDate day) {
    LocalDate born = day.minusYears(age).minusDays(dice.between(1, 364));
    String middle = dice.chance(400) ? String.valueOf((char) ('A' + dice.below(26))) : "";
    String first = Names.first(dice, sex);
    return new Member(relationship, last, first, middle, sex, born, home, "MR" + dice.digits(7));
  }

  Member subscriber() {
    return members.get(0);
  }

  /** Medicare gives each person a number of their own and knows no groups. */
  boolean hasGroup() {
    return !medical.filing().equals("MB") && !medical.filing().equals("MC");
  }

  /** NM109: the subscriber's id at a payer. */
  String memberId(Payer payer) {
    return payer.members() + memberNumber;
  }

  /** Somebody of this sex ({@code *} any) and age, or null. */
  @Nullable Member fitting(String sex, int youngest, int oldest, LocalDate day, Dice dice) {
    int start = dice.below(members.size());
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get((start + i) % members.size());
      int age = member.ageOn(day);
      if ((sex.equals("*") || sex.equals(member.sex())) && age >= youngest && age <= oldest) {
        return member;
      }
    }
    return null;
  }
}
