package org.openrcm;

import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.function.Supplier;

/** A call of an endpoint, once what must come before it is done. */
public interface Call {
  Supplier<HttpResponse<String>> prepare();

  /** The key of a form: another each time that one is shown. */
  static String key() {
    return UUID.randomUUID().toString();
  }
}
