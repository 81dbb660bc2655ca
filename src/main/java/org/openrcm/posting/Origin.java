package org.openrcm.posting;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.ledger.Document;

/**
 * The document that an entry is for, and where it stands in its file.
 *
 * @param claim whose charges it is; null for other documents
 * @param check in which it stands; null for charges
 * @param control claim number as the document has it (CLM01, CLP01); null for others
 * @param adjustment reason and reference of a provider adjustment; null for others
 * @param transactionSet ISA13/GS06/ST02
 * @param byteOffset of a segment of the same set, not behind those of the document
 * @param patient whose data the document is; null where it is nobody's
 */
record Origin(
    Document document,
    @Nullable UUID claim,
    @Nullable Check check,
    @Nullable String control,
    @Nullable String adjustment,
    UUID file,
    String fileName,
    String transactionSet,
    long byteOffset,
    @Nullable UUID patient) {

  /** A check by its page and its number. */
  record Check(UUID id, String trace) {

    public String label() {
      return trace.isEmpty() ? "(no number)" : trace;
    }
  }

  /** A claim that lines are on, by its page and its number. */
  record BilledClaim(long number, UUID id, String control, UUID patient) {

    public String label() {
      return control.isEmpty() ? "(no number)" : control;
    }
  }

  /** What kind of document it is. */
  public String label() {
    return switch (document.source()) {
      case CLAIM -> "Charges of a claim";
      case PAYMENT -> "Payment of a claim";
      case PROVIDER_ADJUSTMENT -> "Provider adjustment";
      case CHECK -> "Rest of a check";
      case PATIENT_PAYMENT -> "Patient payment";
      case REFUND -> "Refund";
      case WRITE_OFF -> "Write-off";
    };
  }

  /** What it is, in a few words; the check, where there is one, stands beside it. */
  public String words() {
    return switch (document.source()) {
      case CLAIM -> "Charges of claim " + named(control);
      case PAYMENT -> "Payment of claim " + named(control);
      case PROVIDER_ADJUSTMENT -> "Provider adjustment " + named(adjustment);
      case CHECK -> "What the check is more than it explains";
      case PATIENT_PAYMENT -> "Payment " + document.number() + " of a patient";
      case REFUND -> "Refund " + document.number() + " to a patient";
      case WRITE_OFF -> "Write-off " + document.number();
    };
  }

  private static String named(@Nullable String name) {
    return name == null || name.isEmpty() ? "(no number)" : name;
  }

  /** The address of the page that shows it. */
  public String page() {
    if (claim != null) {
      return "/claims/" + claim;
    }
    if (check == null) {
      return "/files/" + file;
    }
    int place = document.place();
    return control == null
        ? "/remittances/" + check.id()
        : "/remittances/%s?after=%d#claim-%d".formatted(check.id(), place - 1, place);
  }

  /** The address of a segment of its set in the file. */
  public String source(long segment) {
    return source(byteOffset, segment);
  }

  /** Likewise, once it is known where the segment begins. */
  String source(long from, long segment) {
    return "/files/%s/raw?at=%d&segment=%d#s%d"
        .formatted(file, Math.max(0, from), segment, segment);
  }
}
