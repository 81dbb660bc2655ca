package org.openrcm.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.web.Slice;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.util.UriUtils;

/** Received files for programs, and for the upload page's script. */
@RestController
class FileApi {
  private static final int IN_A_SLICE = 100;
  private static final String NAME_HEADER = "X-File-Name";

  private final ReceivedFiles files;
  private final Intake intake;
  private final AuditTrail trail;

  FileApi(ReceivedFiles files, Intake intake, AuditTrail trail) {
    this.files = files;
    this.intake = intake;
    this.trail = trail;
  }

  /**
   * A file in short.
   *
   * @param size of its bytes as received
   * @param claims on the checks that were loaded from it
   * @param trouble what is wrong with it as a whole, in plain words
   */
  record Summary(
      UUID id,
      String name,
      FileState state,
      String sha256,
      long size,
      Via via,
      Instant receivedAt,
      @Nullable UUID duplicateOf,
      int sets,
      int claims,
      int errors,
      int warnings,
      @Nullable String trouble) {

    static Summary of(ReceivedFiles.Row file) {
      return new Summary(
          file.id(),
          file.name(),
          file.state(),
          file.sha256(),
          file.size(),
          file.via(),
          file.receivedAt(),
          file.duplicateOf(),
          file.sets(),
          file.claims(),
          file.errors(),
          file.warnings(),
          file.trouble());
    }
  }

  /** Files, those that came last first; {@code next} is to be sent as {@code after}. */
  record Page(List<Summary> files, @Nullable String next) {}

  /** What came of a transaction set, named by ISA13/GS06/ST02; type is ST01 or TA1. */
  record SetAnswer(
      String transactionSet,
      String type,
      SetResult.Kind outcome,
      @Nullable UUID remittance,
      @Nullable UUID submission,
      int claims,
      @Nullable String reason) {}

  /** A finding; {@code byteOffset} counts in the decompressed file. */
  record FindingAnswer(
      String severity,
      int level,
      String code,
      @Nullable String transactionSet,
      long segment,
      @Nullable String tag,
      @Nullable String loop,
      @Nullable String element,
      long byteOffset,
      String message) {}

  /**
   * A file with what came of it; sets and findings a slice at a time.
   *
   * @param nextSets to be sent as {@code setsAfter} for more; null when there are none
   * @param nextFindings to be sent as {@code findingsAfter} for more; null when there are none
   */
  record Answer(
      Summary file,
      List<SetAnswer> sets,
      @Nullable String nextSets,
      List<FindingAnswer> findings,
      @Nullable String nextFindings) {}

  @PostMapping(
      path = "/api/files",
      consumes = {"application/edi-x12", "application/octet-stream", "application/gzip"})
  ResponseEntity<Receipt> receive(
      @RequestHeader(name = NAME_HEADER, required = false) @Nullable String name,
      @RequestHeader(name = HttpHeaders.CONTENT_DISPOSITION, required = false)
          @Nullable String disposition,
      HttpServletRequest request)
      throws IOException {
    try (InputStream in = request.getInputStream()) {
      return answer(intake.receive(name(name, disposition), via(request), in));
    }
  }

  @PostMapping(path = "/api/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<Receipt> receive(
      @RequestParam("file") MultipartFile file, HttpServletRequest request) throws IOException {
    try (InputStream in = file.getInputStream()) {
      return answer(intake.receive(file.getOriginalFilename(), via(request), in));
    }
  }

  /** The upload page's script calls with a person's session, programs with a token. */
  private static Via via(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) == null ? Via.UPLOAD : Via.API;
  }

  private static ResponseEntity<Receipt> answer(Receipt receipt) {
    ResponseEntity.BodyBuilder answer =
        receipt.duplicateOf() == null ? ResponseEntity.accepted() : ResponseEntity.ok();
    return answer.location(URI.create("/api/files/" + receipt.id())).body(receipt);
  }

  /** The name in its own header, percent-encoded, or in Content-Disposition. */
  private static @Nullable String name(@Nullable String header, @Nullable String disposition) {
    try {
      if (header != null) {
        return UriUtils.decode(header, StandardCharsets.UTF_8);
      }
      return disposition == null ? null : ContentDisposition.parse(disposition).getFilename();
    } catch (IllegalArgumentException e) {
      return header;
    }
  }

  @GetMapping("/api/files")
  Page list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String after) {
    Slice<ReceivedFiles.Row> slice = files.list(FileState.of(state), after, IN_A_SLICE);
    return new Page(slice.rows().stream().map(Summary::of).toList(), slice.next());
  }

  @GetMapping("/api/files/{id}")
  Answer file(
      @PathVariable String id,
      @RequestParam(defaultValue = "0") int setsAfter,
      @RequestParam(defaultValue = "0") int findingsAfter) {
    UUID known = NoSuchFile.id(id);
    ReceivedFiles.Details details =
        files
            .open(known, setsAfter, findingsAfter)
            .orElseThrow(() -> NoSuchFile.denied(trail, Action.VIEW, known));
    return new Answer(
        Summary.of(details.file()),
        details.sets().rows().stream().map(FileApi::answer).toList(),
        details.sets().next(),
        details.findings().rows().stream().map(FileApi::answer).toList(),
        details.findings().next());
  }

  private static SetAnswer answer(ReceivedFiles.SetRow row) {
    SetResult set = row.result();
    return new SetAnswer(
        set.transactionSet(),
        set.type(),
        set.kind(),
        set.remittance(),
        set.submission(),
        set.claims(),
        set.reason());
  }

  private static FindingAnswer answer(ReceivedFiles.FindingRow row) {
    return new FindingAnswer(
        row.severity(),
        row.level(),
        row.code(),
        row.transactionSet(),
        row.segmentNumber(),
        row.segment(),
        row.loop(),
        row.element(),
        row.byteOffset(),
        row.message());
  }
}
