package org.openrcm.intake;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.openrcm.x12.Acknowledger;
import org.openrcm.x12.Mappings;
import org.openrcm.x12.StreamingEngine;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The TA1 and the 999 that answer a received file, made from its bytes when they are asked for.
 * They carry claim numbers, so that they were given out is on record for each patient of the file.
 */
@Controller
class AnswerDownloads {
  private static final long LARGEST_CONTROL = 999_999_999;
  private static final long SECONDS_OF_CONTROLS = 864_000_000;

  private final ReceivedFiles files;
  private final RawStore store;
  private final IntakeSettings settings;
  private final AuditTrail trail;
  private final Clock clock;
  private final StreamingEngine engine = StreamingEngine.checking(Mappings.bundled());

  AnswerDownloads(
      ReceivedFiles files, RawStore store, IntakeSettings settings, AuditTrail trail, Clock clock) {
    this.files = files;
    this.store = store;
    this.settings = settings;
    this.trail = trail;
    this.clock = clock;
  }

  @GetMapping("/files/{id}/ta1")
  void interchanges(@PathVariable String id, HttpServletResponse response) throws IOException {
    ReceivedFiles.Row file = file(id);
    OutputStream out = begin(file, "ta1", response);
    write(file, out, OutputStream.nullOutputStream());
  }

  @GetMapping("/files/{id}/999")
  void implementations(@PathVariable String id, HttpServletResponse response) throws IOException {
    ReceivedFiles.Row file = file(id);
    OutputStream out = begin(file, "999", response);
    write(file, OutputStream.nullOutputStream(), out);
  }

  private ReceivedFiles.Row file(String id) {
    UUID known = NoSuchFile.id(id);
    return files.copy(known).orElseThrow(() -> NoSuchFile.denied(trail, Action.COPY, known));
  }

  private static OutputStream begin(
      ReceivedFiles.Row file, String kind, HttpServletResponse response) throws IOException {
    response.setContentType("application/edi-x12");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment()
            .filename(file.name() + "." + kind, StandardCharsets.UTF_8)
            .build()
            .toString());
    return response.getOutputStream();
  }

  private void write(ReceivedFiles.Row file, OutputStream interchanges, OutputStream sets)
      throws IOException {
    try (InputStream raw = store.open(file.bytesOf(), file.sha256());
        X12Bytes x12 = new X12Bytes(raw, settings.maxX12Size().toBytes());
        Acknowledger acknowledger = new Acknowledger(clock, controls(), interchanges, sets)) {
      engine.read(x12, file.name(), acknowledger, acknowledger);
    }
  }

  /** Control numbers one after the other, from one that the time gives. */
  private LongSupplier controls() {
    long[] next = {clock.instant().getEpochSecond() % SECONDS_OF_CONTROLS + 1};
    return () -> {
      long control = next[0];
      next[0] = control % LARGEST_CONTROL + 1;
      return control;
    };
  }
}
