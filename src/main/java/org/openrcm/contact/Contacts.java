package org.openrcm.contact;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The firewall before every contact, and the log of those that were made. It writes no audit rows:
 * who shows or does something writes them.
 */
@Component("contact.Contacts")
public class Contacts {

  Contacts() {}

  /** Whether who is to pay may be asked for it now, by each channel; stored. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Channel, Decision> decide(long account) {
    throw new UnsupportedOperationException();
  }

  /** Whether this may be said this way now; stored. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Decision decide(long account, Channel channel, Purpose purpose) {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether who is to pay may be asked for it now: of many accounts in as many queries as of one,
   * and not stored. Each account that was asked for is there.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, Map<Channel, Decision>> forecast(Collection<Long> accounts) {
    throw new UnsupportedOperationException();
  }

  /**
   * Puts a contact on the log, with what the firewall says of it for its moment. One that was made
   * though a rule forbade it is on the log too, and says so.
   *
   * @param key of the form; the same key again is the same contact
   * @throws Refused when it cannot have been so
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Contact log(long account, Contacted what, String key) {
    throw new UnsupportedOperationException();
  }

  /** The contacts of an account, the latest first. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Contact> of(long account) {
    throw new UnsupportedOperationException();
  }

  /** The same of many accounts at once; without accounts that have none. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, List<Contact>> of(Collection<Long> accounts) {
    throw new UnsupportedOperationException();
  }
}
