package org.openrcm.statement;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.openrcm.money.Money;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A bill as its reader has it: what stands on the page, and nothing that is behind it. */
final class ReadBill {
  private static final Pattern MONEY = Pattern.compile("(\u2212?)\\$([0-9,]+\\.[0-9]{2})");

  private final Document page;

  /**
   * A visit as it is printed.
   *
   * @param before rows from what was charged to what is taken off of it, before the share
   * @param after rows between the share and what is owed
   * @param reasons amounts that the words below name, one for each part of the share
   * @param services the cells of the lines of the visit
   */
  record Seen(
      List<Money> before,
      Money share,
      List<Money> after,
      Money owed,
      List<Money> reasons,
      List<List<Money>> services) {}

  private ReadBill(Document page) {
    this.page = page;
  }

  static ReadBill of(String xhtml) {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      return new ReadBill(builder.parse(new InputSource(new StringReader(xhtml))));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All amounts in a text, in their order. */
  static List<Money> amounts(String text) {
    List<Money> amounts = new ArrayList<>();
    Matcher matcher = MONEY.matcher(text);
    while (matcher.find()) {
      Money money = Money.of(matcher.group(2).replace(",", ""));
      amounts.add(matcher.group(1).isEmpty() ? money : money.negated());
    }
    return amounts;
  }

  /** Every amount on the page, wherever it stands. */
  List<Money> all() {
    return amounts(page.getDocumentElement().getTextContent());
  }

  String text() {
    return page.getDocumentElement().getTextContent().replaceAll("\\s+", " ");
  }

  /** What the largest letters say. */
  Money owed() {
    return one(elements(page.getDocumentElement(), "h1", null).get(0));
  }

  String slip() {
    return elements(page.getDocumentElement(), "div", "slip").get(0).getTextContent();
  }

  /** What the slip asks for. */
  Money onSlip() {
    return amounts(slip()).get(0);
  }

  /** From the last bill to this one, the last of them what is owed now; empty on the first. */
  List<Money> changes() {
    for (Element table : elements(page.getDocumentElement(), "table", null)) {
      if (!inside(table, "visit") && !inside(table, "slip") && !inside(table, "top")) {
        return cells(table);
      }
    }
    return List.of();
  }

  List<Seen> visits() {
    return elements(page.getDocumentElement(), "div", "visit").stream()
        .map(ReadBill::visit)
        .toList();
  }

  private static Seen visit(Element visit) {
    List<Money> before = new ArrayList<>();
    List<Money> after = new ArrayList<>();
    Money share = null;
    Money owed = null;
    for (Element row : elements(elements(visit, "table", null).get(0), "tr", null)) {
      Money money = one(elements(row, "td", null).get(0));
      if (row.getAttribute("class").equals("sum")) {
        owed = money;
      } else if (share != null) {
        after.add(money);
      } else if (!elements(row, "span", "key you").isEmpty()) {
        share = money;
      } else {
        before.add(money);
      }
    }
    if (share == null || owed == null) {
      throw new AssertionError("a visit without share or sum");
    }
    List<Money> reasons = new ArrayList<>();
    for (Element why : elements(visit, "div", "why")) {
      reasons.addAll(amounts(elements(why, "strong", null).get(0).getTextContent()));
    }
    List<List<Money>> services = new ArrayList<>();
    for (Element table : elements(visit, "table", "services")) {
      for (Element row : elements(elements(table, "tbody", null).get(0), "tr", null)) {
        services.add(elements(row, "td", null).stream().map(ReadBill::one).toList());
      }
    }
    return new Seen(before, share, after, owed, reasons, services);
  }

  private static List<Money> cells(Element table) {
    return elements(table, "td", null).stream().map(ReadBill::one).toList();
  }

  private static Money one(Element of) {
    List<Money> amounts = amounts(of.getTextContent());
    if (amounts.size() != 1) {
      throw new AssertionError("no single amount in: " + of.getTextContent());
    }
    return amounts.get(0);
  }

  private static boolean inside(Element element, String name) {
    for (var node = element.getParentNode();
        node instanceof Element parent;
        node = node.getParentNode()) {
      if (parent.getAttribute("class").equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static List<Element> elements(Element in, String tag, @Nullable String name) {
    NodeList nodes = in.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      if (name == null || element.getAttribute("class").equals(name)) {
        elements.add(element);
      }
    }
    return elements;
  }
}
