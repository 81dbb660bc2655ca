package org.openrcm.audit;

/** What was done, or tried (ASTM E2147-18 7.1.6; 45 CFR 170.210(e)). */
public enum Action {
  ADD,
  CHANGE,
  DELETE,
  /** One thing was looked at. */
  VIEW,
  /** Things were looked for; with nothing found there is a row all the same. */
  QUERY,
  PRINT,
  /** Data left as a file: a download, a CSV. */
  COPY,
  /** Somebody was written to. */
  SEND,
  SIGN_IN,
  SIGN_OUT,
  /** Rights were given or taken, a practice was switched to. */
  PRIVILEGE
}
