package org.openrcm.audit;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, for which practice, from where: what every audit row and every transaction's row-level
 * security are drawn from. Bound to the thread by {@link #run} and {@link #call}; the sign-in
 * filter binds requests, jobs bind themselves.
 *
 * @param id of the staff member or API client, null for jobs and for nobody
 * @param name as it stands on the record
 * @param roles in the practice, or scopes of an API client
 * @param practice whose data are open to the actor; null before one is chosen: nothing is
 * @param purpose of use, a code of HL7 v3 ActReason, such as {@code HPAYMT}
 * @param address of the caller, null when not known
 * @param request by which rows of one request are known
 */
public record Actor(
    Kind kind,
    @Nullable UUID id,
    String name,
    Set<String> roles,
    @Nullable UUID practice,
    String purpose,
    @Nullable String address,
    String request) {

  /** Healthcare payment: why a billing office looks at anything. */
  public static final String PAYMENT = "HPAYMT";

  /** A patient asks for it: why patients look at their own bills. */
  public static final String PATIENT_REQUEST = "PATRQT";

  private static final Actor NOBODY =
      new Actor(Kind.NOBODY, null, "nobody", Set.of(), null, PAYMENT, null, "none");
  private static final ThreadLocal<Actor> CURRENT = ThreadLocal.withInitial(() -> NOBODY);

  /** What kind of actor it is. */
  public enum Kind {
    STAFF,
    CLIENT,
    /** A patient on pages of their own: the agent of what they look at. */
    PATIENT,
    JOB,
    NOBODY
  }

  /** A job that works for a practice. */
  public static Actor job(String name, UUID practice) {
    return new Actor(
        Kind.JOB, null, name, Set.of(), practice, PAYMENT, null, UUID.randomUUID().toString());
  }

  /** The same caller for another practice: one who is nobody yet, and what they try concerns it. */
  public Actor concerning(@Nullable UUID other) {
    return new Actor(kind, id, name, roles, other, purpose, address, request);
  }

  /** The same one, for another purpose of use. */
  public Actor forPurpose(String otherPurpose) {
    return new Actor(kind, id, name, roles, practice, otherPurpose, address, request);
  }

  /** The actor of this thread; nobody, with no practice, when none is bound. */
  public static Actor current() {
    return CURRENT.get();
  }

  /** The practice that this thread acts for. */
  public static UUID currentPractice() {
    UUID practice = current().practice();
    if (practice == null) {
      throw new IllegalStateException("no practice is chosen");
    }
    return practice;
  }

  /**
   * What work gives, which may be nothing.
   *
   * @param <X> the only checked exception of it; inferred as an unchecked one where it has none
   */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object, X extends Exception> {
    T call() throws X;
  }

  /**
   * What {@code work} gives, done as this actor; transactions begun inside see its practice and no
   * other.
   */
  public <T extends @Nullable Object, X extends Exception> T call(Work<T, X> work) throws X {
    Actor before = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.call();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Does {@code work} as this actor. */
  public void run(Runnable work) {
    Actor before = CURRENT.get();
    CURRENT.set(this);
    try {
      work.run();
    } finally {
      CURRENT.set(before);
    }
  }
}
