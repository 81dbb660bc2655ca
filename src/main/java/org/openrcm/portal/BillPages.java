package org.openrcm.portal;

import java.util.UUID;
import org.openrcm.identity.SignedInPatient;
import org.openrcm.statement.BillVisit;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What is owed and why: the first page, a visit, statements, and who looked. */
@Controller
class BillPages {
  private final MyAccount mine;

  BillPages(MyAccount mine) {
    this.mine = mine;
  }

  @GetMapping("/my")
  String home(SignedInPatient patient, Model model) {
    model.addAttribute("view", mine.show(patient, PatientWords.language()));
    return "portal/home";
  }

  @GetMapping("/my/visits/{id}")
  String visit(SignedInPatient patient, @PathVariable String id, Model model) {
    UUID wanted = NothingThere.id(id);
    MyAccount.View view = mine.show(patient, PatientWords.language());
    BillVisit visit = view.bill().visit(wanted);
    if (visit == null) {
      throw new NothingThere();
    }
    model.addAttribute("view", view);
    model.addAttribute("visit", visit);
    model.addAttribute("request", view.dispute(visit.claim()));
    return "portal/visit";
  }

  @GetMapping("/my/statements")
  String statements(SignedInPatient patient, Model model) {
    model.addAttribute("sent", mine.statements(patient));
    return "portal/statements";
  }

  @GetMapping(value = "/my/statements/{id}.pdf", produces = MediaType.APPLICATION_PDF_VALUE)
  ResponseEntity<byte[]> pdf(SignedInPatient patient, @PathVariable String id) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("Content-Disposition", "inline; filename=\"statement.pdf\"")
        .body(mine.pdf(patient, NothingThere.id(id)));
  }

  /**
   * Who looked at the bill.
   *
   * @param before where to go on
   */
  @GetMapping("/my/record")
  String record(
      SignedInPatient patient, @RequestParam(defaultValue = "") String before, Model model) {
    Long from = before.matches("\\d{1,18}") ? Long.valueOf(before) : null;
    model.addAttribute("record", mine.record(patient, from));
    return "portal/record";
  }
}
