package org.openrcm.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.io.Serial;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * A request that is not served, with the OperationOutcome that says why: in words of ours, naming
 * parameters and never what was sent in them.
 */
final class Refusal extends BaseServerResponseException {
  @Serial private static final long serialVersionUID = 1L;

  private Refusal(int status, IssueType type, String words) {
    super(status, words, outcome(IssueSeverity.ERROR, type, words));
  }

  static OperationOutcome outcome(IssueSeverity severity, IssueType type, String words) {
    OperationOutcome outcome = new OperationOutcome();
    outcome.addIssue().setSeverity(severity).setCode(type).setDiagnostics(words);
    return outcome;
  }

  /** 400: a parameter that cannot be read. */
  static Refusal unreadable(String parameter, String words) {
    return new Refusal(400, IssueType.VALUE, "Parameter " + parameter + " " + words);
  }

  /** 400: something that this server does not do. */
  static Refusal unsupported(String words) {
    return new Refusal(400, IssueType.NOTSUPPORTED, words);
  }

  static Refusal forbidden(String words) {
    return new Refusal(403, IssueType.FORBIDDEN, words);
  }

  static Refusal notFound() {
    return new Refusal(404, IssueType.NOTFOUND, "There is no such resource here");
  }

  static Refusal methodNotAllowed() {
    return new Refusal(
        405, IssueType.NOTSUPPORTED, "Resources here are read and searched, not written");
  }

  static Refusal notAcceptable() {
    return new Refusal(406, IssueType.NOTSUPPORTED, "Answers are given as FHIR JSON or FHIR XML");
  }

  /** 410: a page of a search that is no longer kept. */
  static Refusal pageGone() {
    return new Refusal(
        410, IssueType.EXPIRED, "This page of a search is no longer kept: search once more");
  }

  static Refusal tooLong() {
    return new Refusal(413, IssueType.TOOLONG, "The search is too long");
  }

  static Refusal unsupportedMediaType() {
    return new Refusal(
        415,
        IssueType.NOTSUPPORTED,
        "A search by POST is sent as application/x-www-form-urlencoded");
  }

  static Refusal failed() {
    return new Refusal(500, IssueType.EXCEPTION, "The request could not be served");
  }

  static Refusal unavailable() {
    return new Refusal(503, IssueType.TRANSIENT, "The database does not answer: try again soon");
  }

  /** What stands for a refusal by HAPI, whose words may repeat what was sent. */
  static Refusal of(int status) {
    return switch (status) {
      case 404 -> new Refusal(404, IssueType.NOTFOUND, "There is no such resource type here");
      case 405 -> methodNotAllowed();
      case 406 -> notAcceptable();
      case 415 -> unsupportedMediaType();
      default ->
          status >= 400 && status < 500
              ? new Refusal(status, IssueType.INVALID, "This is no request that the server knows")
              : failed();
    };
  }
}
