package org.openrcm.portal;

import org.jspecify.annotations.Nullable;
import org.openrcm.identity.SignedInPatient;
import org.openrcm.statement.Contact;
import org.openrcm.statement.Language;

/**
 * What is around every page of patients: model attribute {@code frame}.
 *
 * @param patient null when nobody is signed in
 * @param contact of the practice; null while it is not known which one
 * @param back the page to be shown again in another language
 */
record Frame(
    Language language, @Nullable SignedInPatient patient, @Nullable Contact contact, String back) {

  public Language other() {
    return language == Language.EN ? Language.ES : Language.EN;
  }
}
