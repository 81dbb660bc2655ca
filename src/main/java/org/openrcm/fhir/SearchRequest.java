package org.openrcm.fhir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A search as it was understood.
 *
 * @param condition of all its parameters
 * @param count how many resources a page has at most
 * @param onlyTotal whether only their number is asked for
 * @param total whether their number is asked for
 * @param includes names of references whose targets come along
 * @param understood its parameters without those that were passed over, as sent
 * @param ignored names of parameters that are not known and were passed over
 */
record SearchRequest(
    String type,
    Condition condition,
    int count,
    boolean onlyTotal,
    boolean total,
    List<String> includes,
    Map<String, List<String>> understood,
    List<String> ignored) {
  static final int MOST = 500;
  private static final int USUAL = 50;

  /** Parameters about the answer's form, which HAPI and {@link Protocol} see to. */
  static final Set<String> FORM = Set.of("_format", "_pretty", "_summary", "_elements");

  /**
   * Reads the parameters of a search.
   *
   * @param lenient whether unknown parameters are passed over
   * @param mark by what a number is found that the database has closed
   * @throws Refusal for what is malformed or not supported
   */
  static SearchRequest of(
      String type,
      Map<String, String[]> parameters,
      boolean lenient,
      String serverBase,
      UnaryOperator<String> mark) {
    return new Reader(type, serverBase, mark).read(parameters, lenient);
  }

  private static final class Reader {
    private final String type;
    private final String serverBase;
    private final UnaryOperator<String> mark;
    private final List<Condition> conditions = new ArrayList<>();
    private final Set<String> includes = new LinkedHashSet<>();
    private int count = USUAL;
    private boolean onlyTotal;
    private boolean total;

    Reader(String type, String serverBase, UnaryOperator<String> mark) {
      this.type = type;
      this.serverBase = serverBase;
      this.mark = mark;
    }

    SearchRequest read(Map<String, String[]> parameters, boolean lenient) {
      Map<String, List<String>> understood = new LinkedHashMap<>();
      List<String> ignored = new ArrayList<>();
      parameters.forEach(
          (key, values) -> {
            if (take(key, values)) {
              understood.put(key, List.of(values));
            } else if (lenient) {
              ignored.add(printable(key));
            } else {
              throw Refusal.unsupported(
                  "Parameter " + printable(key) + " is not known for " + type);
            }
          });
      return new SearchRequest(
          type,
          Condition.all(conditions),
          count,
          onlyTotal || count == 0,
          total || onlyTotal || count == 0,
          List.copyOf(includes),
          understood,
          ignored);
    }

    private boolean take(String key, String[] values) {
      switch (key) {
        case "_count" -> count = count(last(values));
        case "_total" -> total = total(last(values));
        case "_include" -> List.of(values).forEach(this::include);
        case "_summary" -> onlyTotal = last(values).equals("count");
        default -> {
          return FORM.contains(key) || takeField(key, values);
        }
      }
      return true;
    }

    private boolean takeField(String key, String[] values) {
      int colon = key.indexOf(':');
      String name = colon < 0 ? key : key.substring(0, colon);
      String modifier = colon < 0 ? null : key.substring(colon + 1);
      Optional<SearchField> field =
          SearchFields.of(type).stream().filter(known -> known.name().equals(name)).findFirst();
      field.ifPresent(known -> List.of(values).forEach(value -> add(known, modifier, value)));
      return field.isPresent();
    }

    private void add(SearchField field, @Nullable String modifier, String value) {
      conditions.add(
          field.matching().of(SearchValues.of(field.name(), modifier, value, serverBase, mark)));
    }

    private static String last(String[] values) {
      return values.length == 0 ? "" : values[values.length - 1];
    }

    private static int count(String value) {
      if (!value.matches("\\d{1,9}")) {
        throw Refusal.unreadable("_count", "is no number");
      }
      return Math.min(Integer.parseInt(value), MOST);
    }

    private static boolean total(String value) {
      return switch (value) {
        case "none" -> false;
        // counting is all that there is for an estimate
        case "estimate", "accurate" -> true;
        default -> throw Refusal.unreadable("_total", "is none of: none, estimate, accurate");
      };
    }

    /** Such as {@code ExplanationOfBenefit:patient}. */
    private void include(String value) {
      String[] parts = value.split(":", -1);
      if (value.equals("*") || value.equals(type + ":*")) {
        includes.addAll(Includes.names(type));
      } else if (parts.length == 2
          && parts[0].equals(type)
          && Includes.names(type).contains(parts[1])) {
        includes.add(parts[1]);
      } else {
        throw Refusal.unreadable(
            "_include",
            "is not supported; for " + type + " there is: " + String.join(" ", Includes.all(type)));
      }
    }
  }

  /** A parameter's name, unless it is none that anyone would mean. */
  private static String printable(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_.:-]{0,63}") ? name : "(of no readable name)";
  }
}
