package org.openrcm.server;

import org.openrcm.audit.Actor;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives error pages the id by which the request is known on the record and in the logs. */
@ControllerAdvice(assignableTypes = ErrorController.class)
class ErrorPages {

  @ModelAttribute("requestId")
  String requestId() {
    return Actor.current().request();
  }
}
