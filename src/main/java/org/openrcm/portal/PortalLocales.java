package org.openrcm.portal;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openrcm.identity.PatientSessions;
import org.openrcm.statement.Language;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/**
 * The language of the patients' own pages: the one that was chosen there, or that of the statement
 * by which somebody came, or the first that the browser asks for. The office reads English.
 */
@Component("localeResolver")
class PortalLocales implements LocaleResolver {

  /** What a session remembers; null when nothing was chosen. */
  static @Nullable Language chosen(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(PatientSessions.LANGUAGE) instanceof String tag
        ? Language.of(tag)
        : null;
  }

  static void choose(HttpServletRequest request, Language language) {
    request.getSession().setAttribute(PatientSessions.LANGUAGE, language.tag());
  }

  static Language language(HttpServletRequest request) {
    Language chosen = chosen(request);
    if (chosen != null) {
      return chosen;
    }
    // Only of a request that says so: otherwise it would be what the machine speaks
    return request.getHeader("Accept-Language") == null
        ? Language.EN
        : Collections.list(request.getLocales()).stream()
            .filter(locale -> locale.getLanguage().matches("en|es"))
            .findFirst()
            .map(locale -> Language.of(locale.toLanguageTag()))
            .orElse(Language.EN);
  }

  /** Whether it is one of the patients' own pages, or the error page in place of one. */
  static boolean isForPatients(HttpServletRequest request) {
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String path = failed instanceof String uri ? uri : request.getRequestURI();
    return path.equals("/my") || path.startsWith("/my/");
  }

  @Override
  public Locale resolveLocale(HttpServletRequest request) {
    return isForPatients(request) ? language(request).locale() : Locale.US;
  }

  @Override
  public void setLocale(
      HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
    throw new UnsupportedOperationException("patients choose by POST /my/language");
  }
}
