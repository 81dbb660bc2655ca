package org.openrcm.portal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.account.Accounts;
import org.openrcm.account.Preferences;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.audit.PatientRecord;
import org.openrcm.audit.Subject;
import org.openrcm.identity.SignedInPatient;
import org.openrcm.payment.Checkout;
import org.openrcm.payment.Checkouts;
import org.openrcm.payment.PatientPayment;
import org.openrcm.payment.Plan;
import org.openrcm.payment.Plans;
import org.openrcm.payment.Receipt;
import org.openrcm.payment.Receipts;
import org.openrcm.statement.Bill;
import org.openrcm.statement.Bills;
import org.openrcm.statement.Contacts;
import org.openrcm.statement.Language;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the one account that is open to a patient; each look is on record. Nothing here takes an
 * account from anywhere but the sign-in.
 */
@Component
class MyAccount {
  private final Bills bills;
  private final Plans plans;
  private final Receipts receipts;
  private final Checkouts checkouts;
  private final PatientRequests requests;
  private final Preferences.Desk preferences;
  private final PatientRecord record;
  private final Accounts accounts;
  private final Contacts contacts;
  private final AuditTrail audit;

  MyAccount(
      Bills bills,
      Plans plans,
      Receipts receipts,
      Checkouts checkouts,
      PatientRequests requests,
      Preferences.Desk preferences,
      PatientRecord record,
      Accounts accounts,
      Contacts contacts,
      AuditTrail audit) {
    this.bills = bills;
    this.plans = plans;
    this.receipts = receipts;
    this.checkouts = checkouts;
    this.requests = requests;
    this.preferences = preferences;
    this.record = record;
    this.accounts = accounts;
    this.contacts = contacts;
    this.audit = audit;
  }

  /**
   * All that the pages about money show.
   *
   * @param plan the latest that was not ended; null when there is none
   * @param payments the latest first
   * @param cards whether cards can be taken here
   */
  record View(
      Bill bill,
      @Nullable Plan plan,
      List<Receipt> payments,
      List<PatientRequest> requests,
      boolean cards) {

    /** The plan that is being paid; null when there is none. */
    public @Nullable Plan running() {
      return plan != null && plan.state().isRunning() ? plan : null;
    }

    /** Whether it can be paid here and now. */
    public boolean mayPay() {
      return cards && bill.payable() && !bill.owed().isZero();
    }

    /** Payments that stand. */
    public List<Receipt> paid() {
      return payments.stream().filter(each -> !each.payment().isVoided()).toList();
    }

    /** The request for help that is looked at; null when there is none. */
    public @Nullable PatientRequest help() {
      return requests.stream()
          .filter(each -> each.kind() == PatientRequest.Kind.ASSISTANCE && each.isOpen())
          .findFirst()
          .orElse(null);
    }

    /** What is being checked of a visit; null when nothing is. */
    public @Nullable PatientRequest dispute(long claim) {
      return requests.stream()
          .filter(each -> each.isOpen() && Objects.equals(each.claim(), claim))
          .findFirst()
          .orElse(null);
    }
  }

  /** For a page. */
  @Transactional
  public View show(SignedInPatient patient, Language language) {
    View view = view(patient, language);
    audit.record(Action.VIEW, Subject.of("Account", view.bill().id()), patients(patient));
    return view;
  }

  /** For what a patient does: the act has its own row. */
  @Transactional
  public View view(SignedInPatient patient, Language language) {
    long account = patient.account();
    return new View(
        bills.of(account, language),
        plans.of(account).orElse(null),
        receipts.ofAccount(account),
        requests.of(account),
        checkouts.isOpen());
  }

  /** The plan that was ended last; empty while one runs. */
  @Transactional
  public Optional<Plan> ended(SignedInPatient patient) {
    boolean runs = plans.of(patient.account()).filter(plan -> plan.state().isRunning()).isPresent();
    return plans.all(patient.account()).stream()
        .filter(plan -> !runs && plan.state() == Plan.State.CANCELLED)
        .findFirst();
  }

  private List<UUID> patients(SignedInPatient patient) {
    return accounts.patients(List.of(patient.account()));
  }

  /** The statements that were sent; a guest has a code of one, and sees the latest. */
  @Transactional
  public List<Bills.Sent> statements(SignedInPatient patient) {
    audit.record(Action.QUERY, Subject.list("Statement"), patients(patient));
    return open(patient);
  }

  private List<Bills.Sent> open(SignedInPatient patient) {
    List<Bills.Sent> sent = bills.sent(patient.account());
    return patient.isGuest() ? sent.stream().limit(1).toList() : sent;
  }

  @Transactional
  public byte[] pdf(SignedInPatient patient, UUID id) {
    boolean own = open(patient).stream().anyMatch(each -> each.id().equals(id));
    byte[] pdf = (own ? bills.pdf(patient.account(), id) : Optional.<byte[]>empty()).orElse(null);
    if (pdf == null) {
      throw denied(Subject.of("Statement", id));
    }
    audit.record(Action.VIEW, Subject.of("Statement", id), patients(patient));
    return pdf;
  }

  private NothingThere denied(Subject subject) {
    audit.denied(Action.VIEW, subject, "It is not of the patient's account.");
    return new NothingThere();
  }

  /**
   * A card payment that the patient comes back from.
   *
   * @param paid null until the gateway told of it
   * @param bill as it is now
   */
  record Coming(Checkout checkout, @Nullable PatientPayment paid, Bill bill) {

    public boolean isOver() {
      return paid == null && checkout.state() == Checkout.State.EXPIRED;
    }

    public boolean isWaiting() {
      return paid == null && !isOver();
    }
  }

  @Transactional
  public Coming coming(SignedInPatient patient, String key, Language language) {
    Checkout checkout =
        checkouts
            .find(key)
            .filter(each -> each.account() == patient.account())
            .orElseThrow(() -> denied(Subject.list("Checkout")));
    // first, so that what is owed is read after it
    PatientPayment paid = checkouts.payment(checkout.id()).orElse(null);
    Bill bill = bills.of(patient.account(), language);
    audit.record(Action.VIEW, Subject.of("Account", bill.id()), patients(patient));
    return new Coming(checkout, paid, bill);
  }

  /** A receipt, with what is owed now. */
  record Shown(Receipt receipt, Bill bill) {}

  @Transactional
  public Shown receipt(SignedInPatient patient, UUID payment, Language language) {
    Receipt receipt =
        receipts
            .find(payment)
            .filter(each -> each.payment().account() == patient.account())
            .orElseThrow(() -> denied(Subject.of("PatientPayment", payment)));
    audit.record(Action.VIEW, Subject.of("PatientPayment", payment), patients(patient));
    return new Shown(receipt, bills.of(patient.account(), language));
  }

  /** Whether bills can come by e-mail here. */
  boolean offersEmail() {
    return contacts.offerEmail();
  }

  @Transactional
  public Preferences preferences(SignedInPatient patient) {
    audit.record(Action.VIEW, Subject.list("Account"), patients(patient));
    return preferences.of(patient.account());
  }

  void prefer(SignedInPatient patient, Preferences wanted) {
    preferences.set(patient.account(), wanted);
  }

  /** Sets the language alone: the rest stays as it was wished. */
  @Transactional
  public void prefer(SignedInPatient patient, String language) {
    Preferences now = preferences.of(patient.account());
    preferences.set(patient.account(), new Preferences(language, now.paper(), now.email()));
  }

  @Transactional
  public PatientRecord.Part record(SignedInPatient patient, @Nullable Long before) {
    return record.read(patients(patient), before);
  }
}
