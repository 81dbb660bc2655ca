package org.openrcm.posting;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What payers take back from later checks, and the picture of each. */
@Controller
class TakebackPages {
  private static final int ROWS = 50;

  private final TakebackList list;
  private final TakebackReader reader;

  TakebackPages(TakebackList list, TakebackReader reader) {
    this.list = list;
    this.reader = reader;
  }

  @GetMapping("/takebacks")
  String takebacks(
      @RequestParam(defaultValue = "open") String state,
      @RequestParam(defaultValue = "") String after,
      HttpServletRequest request,
      Model model) {
    TakebackList.Which which = TakebackList.Which.of(state);
    model.addAttribute("which", which);
    model.addAttribute("all", TakebackList.Which.values());
    model.addAttribute(
        "found",
        list.list(which, after, Objects.requireNonNullElse(request.getQueryString(), ""), ROWS));
    return "posting/takebacks";
  }

  @GetMapping("/takebacks/{id}")
  String takeback(@PathVariable String id, Model model) {
    model.addAttribute("story", reader.read(NoSuchTakeback.id(id)));
    return "posting/takeback";
  }
}
