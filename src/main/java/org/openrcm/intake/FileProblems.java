package org.openrcm.intake;

import org.openrcm.jobs.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What programs are told when a file cannot be taken or shown (RFC 9457). */
@RestControllerAdvice(assignableTypes = FileApi.class)
class FileProblems {
  private static final Logger LOG = LoggerFactory.getLogger(FileProblems.class);
  private static final String RETRY_SECONDS = "30";

  @ExceptionHandler
  ProblemDetail tooLarge(TooLarge e) {
    return tooLarge(e.most());
  }

  static ProblemDetail tooLarge(long most) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.CONTENT_TOO_LARGE,
        "A file may have " + most + " bytes. Nothing of this one was kept.");
  }

  @ExceptionHandler
  ProblemDetail noSuchFile(NoSuchFile e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(e.getMessage()));
  }

  static void log(RuntimeException e) {
    LOG.warn("a file could not be taken or shown: {}", Failures.describe(e));
  }

  /** The sender still has the file, and sending it again does no harm. */
  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  ResponseEntity<ProblemDetail> notNow(RuntimeException e) {
    log(e);
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database does not answer. What was not acknowledged was not kept: send it"
                    + " again later."));
  }
}
