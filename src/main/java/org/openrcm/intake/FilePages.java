package org.openrcm.intake;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.openrcm.audit.AuditTrail;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of received files. */
@Controller
class FilePages {
  private static final int IN_A_SLICE = 50;
  private static final String SAMPLE = "samples/family-practice.835";

  private final ReceivedFiles files;
  private final Intake intake;
  private final RawStore store;
  private final RawView raw;
  private final AuditTrail trail;

  FilePages(ReceivedFiles files, Intake intake, RawStore store, RawView raw, AuditTrail trail) {
    this.files = files;
    this.intake = intake;
    this.store = store;
    this.raw = raw;
    this.trail = trail;
  }

  @GetMapping("/files")
  String list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String after,
      Model model) {
    return show(FileState.of(state), after, model, false, List.of());
  }

  private String show(
      @Nullable FileState state,
      @Nullable String after,
      Model model,
      boolean nothingChosen,
      List<String> tooLarge) {
    model.addAttribute("nothingChosen", nothingChosen);
    model.addAttribute("tooLarge", tooLarge);
    model.addAttribute("files", files.list(state, after, IN_A_SLICE));
    model.addAttribute("counts", files.counts());
    model.addAttribute("states", FileState.values());
    model.addAttribute("state", state);
    model.addAttribute("maxSize", intake.maxSize());
    return "intake/files";
  }

  @PostMapping("/files")
  String upload(
      @RequestParam("file") List<MultipartFile> sent,
      Model model,
      RedirectAttributes flash,
      HttpServletResponse response)
      throws IOException {
    List<Receipt> receipts = new ArrayList<>();
    List<String> tooLarge = new ArrayList<>();
    for (MultipartFile file : sent) {
      String name = file.getOriginalFilename();
      if (name == null || name.isEmpty()) {
        continue; // what a browser sends when no file was chosen
      }
      try (InputStream in = file.getInputStream()) {
        receipts.add(intake.receive(name, Via.UPLOAD, in));
      } catch (TooLarge e) {
        tooLarge.add(FileName.of(name));
      }
    }
    if (receipts.isEmpty()) {
      HttpStatus status =
          tooLarge.isEmpty() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.CONTENT_TOO_LARGE;
      response.setStatus(status.value());
      return show(null, null, model, tooLarge.isEmpty(), tooLarge);
    }
    flash.addFlashAttribute("toast", toast(receipts, tooLarge.size()));
    return receipts.size() == 1 ? "redirect:/files/" + receipts.get(0).id() : "redirect:/files";
  }

  private static String toast(List<Receipt> receipts, int tooLarge) {
    long duplicates = receipts.stream().filter(receipt -> receipt.duplicateOf() != null).count();
    StringBuilder text =
        new StringBuilder(
            receipts.size() == 1 ? "File received" : receipts.size() + " files received");
    if (duplicates > 0) {
      text.append(
          duplicates == 1 ? ", one was here before" : ", " + duplicates + " were here before");
    }
    if (tooLarge > 0) {
      text.append(tooLarge == 1 ? ", one is too large" : ", " + tooLarge + " are too large");
    }
    return text.append('.').toString();
  }

  @GetMapping("/files/sample")
  ResponseEntity<Resource> sample() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_DISPOSITION, attachment("family-practice.835"))
        .body(new ClassPathResource(SAMPLE));
  }

  @GetMapping("/files/{id}")
  String file(
      @PathVariable String id,
      @RequestParam(defaultValue = "0") int setsAfter,
      @RequestParam(defaultValue = "0") int findingsAfter,
      Model model) {
    UUID file = NoSuchFile.id(id);
    ReceivedFiles.Details details =
        files
            .open(file, setsAfter, findingsAfter)
            .orElseThrow(() -> NoSuchFile.denied(trail, Action.VIEW, file));
    model.addAttribute("file", details.file());
    model.addAttribute("sets", details.sets());
    model.addAttribute("findings", details.findings());
    model.addAttribute("answered", details.isAnswered());
    model.addAttribute("kept", FindingLog.KEPT);
    return "intake/file";
  }

  /**
   * How far a file is, for a page that waits: its row of the list or, when {@code of} is {@code
   * page}, the head of its page, which loads anew when there is nothing left to wait for.
   */
  @GetMapping("/files/{id}/state")
  String state(
      @PathVariable String id,
      @RequestParam(defaultValue = "row") String of,
      Model model,
      HttpServletResponse response) {
    UUID known = NoSuchFile.id(id);
    ReceivedFiles.Row file =
        files.find(known).orElseThrow(() -> NoSuchFile.denied(trail, Action.VIEW, known));
    model.addAttribute("file", file);
    if (!of.equals("page")) {
      return "intake/rows :: row";
    }
    if (!file.isInWork()) {
      response.setHeader("HX-Refresh", "true");
    }
    return "intake/rows :: progress";
  }

  @GetMapping("/files/{id}/raw")
  String raw(
      @PathVariable String id,
      @RequestParam(defaultValue = "0") long at,
      @RequestParam(required = false) @Nullable Long segment,
      @RequestParam(required = false) @Nullable String element,
      Model model) {
    UUID file = NoSuchFile.id(id);
    RawView.Window window =
        raw.window(file, at, segment)
            .orElseThrow(() -> NoSuchFile.denied(trail, Action.VIEW, file));
    model.addAttribute("file", window.file());
    model.addAttribute("window", window);
    model.addAttribute("asked", segment);
    model.addAttribute("element", element == null || element.isEmpty() ? null : element);
    // a part of a composite is marked with the whole: SVC01-2 with SVC01
    model.addAttribute("marked", element == null ? "" : element.replaceFirst("-.*", ""));
    return "intake/raw";
  }

  @GetMapping("/files/{id}/content")
  void content(@PathVariable String id, HttpServletResponse response) throws IOException {
    UUID known = NoSuchFile.id(id);
    ReceivedFiles.Row file =
        files.copy(known).orElseThrow(() -> NoSuchFile.denied(trail, Action.COPY, known));
    response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
    response.setContentLengthLong(file.size());
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment(file.name()));
    try (InputStream in = store.open(file.bytesOf(), file.sha256())) {
      in.transferTo(response.getOutputStream());
    }
  }

  @PostMapping("/files/{id}/retry")
  String retry(@PathVariable String id, RedirectAttributes flash) {
    UUID file = NoSuchFile.id(id);
    if (files.find(file).isEmpty()) {
      throw NoSuchFile.denied(trail, Action.CHANGE, file);
    }
    flash.addFlashAttribute(
        "toast",
        intake.retry(file) ? "It is being read again." : "There is nothing to read again in it.");
    return "redirect:/files/" + file;
  }

  /** Nothing that was not acknowledged was kept. */
  @ExceptionHandler({DataAccessException.class, TransactionException.class})
  void notNow(RuntimeException e, HttpServletResponse response) throws IOException {
    FileProblems.log(e);
    response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
  }

  private static String attachment(String name) {
    return ContentDisposition.attachment()
        .filename(name, StandardCharsets.UTF_8)
        .build()
        .toString();
  }
}
