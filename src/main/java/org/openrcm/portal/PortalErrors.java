package org.openrcm.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What went wrong on a page of patients is said in their words, and leads back to their pages. */
@Component
class PortalErrors implements ErrorViewResolver {
  private final Frames frames;

  PortalErrors(Frames frames) {
    this.frames = frames;
  }

  @Override
  public @Nullable ModelAndView resolveErrorView(
      HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
    if (!PortalLocales.isForPatients(request)) {
      return null;
    }
    Map<String, Object> all = new HashMap<>(model);
    all.put("frame", frames.of(request));
    return new ModelAndView("portal/error", all, status);
  }
}
