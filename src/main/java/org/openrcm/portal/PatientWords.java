package org.openrcm.portal;

import org.openrcm.money.Money;
import org.openrcm.statement.Language;
import org.openrcm.statement.Written;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Lets the patient's pages write amounts and days as their language does. */
@ControllerAdvice(basePackageClasses = PatientWords.class)
class PatientWords {

  @ModelAttribute("write")
  Written write() {
    return new Written(language());
  }

  /** Of the request. */
  static Language language() {
    return Language.of(LocaleContextHolder.getLocale().toLanguageTag());
  }

  static String money(Money amount) {
    return new Written(language()).money(amount);
  }
}
