package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openrcm.audit.Action;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The matrix of {@code rules/permissions.tsv}: who may do what. */
@Component
class Permissions {
  static final String FILE = "rules/permissions.tsv";

  private static final int COLUMNS = 4;

  private final List<Permission> rows;

  Permissions() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new ClassPathResource(FILE).getInputStream(), StandardCharsets.UTF_8))) {
      List<Permission> read = new ArrayList<>();
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .skip(1)
          .forEach(line -> read.add(Permission.parse(line)));
      read.sort(Comparator.comparing(Permission::path, PathPattern.SPECIFICITY_COMPARATOR));
      rows = List.copyOf(read);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * A row of the matrix.
   *
   * @param who roles, {@code staff}, {@code anyone}, {@code client}, {@code holder} (a patient with
   *     a sign-in), {@code emergency} (any of the staff, see {@link Emergencies}), or a scope that
   *     a client needs
   * @param record the audit rows that the endpoint writes besides
   */
  record Permission(String method, PathPattern path, Set<String> who, String record) {

    static Permission parse(String line) {
      String[] values = line.split("\t", -1);
      if (values.length != COLUMNS) {
        throw new IllegalStateException(FILE + " has a row without four columns: " + line);
      }
      Set<String> who = Set.of(values[2].split(" "));
      Set<String> known = new HashSet<>(Set.of("staff", "anyone", "client", "holder", "emergency"));
      for (Role role : Role.values()) {
        known.add(role.code());
      }
      for (String one : who) {
        if (!known.contains(one) && Scope.parse(one).isEmpty()) {
          throw new IllegalStateException(FILE + " names nobody that is known: " + line);
        }
      }
      return new Permission(
          values[0], PathPatternParser.defaultInstance.parse(values[1]), who, values[3]);
    }

    boolean isForAnyone() {
      return who.contains("anyone");
    }

    boolean isForStaff(Set<Role> roles) {
      return roles.stream()
          .anyMatch(
              role -> role != Role.PATIENT && (who.contains(role.code()) || who.contains("staff")));
    }

    boolean isForEmergency() {
      return who.contains("emergency");
    }

    /** Whether it is the patient's: each, or only who has a sign-in of their own. */
    boolean isForPatient(SignedInPatient patient) {
      return who.contains(Role.PATIENT.code()) || (who.contains("holder") && !patient.isGuest());
    }

    /** Whether a patient needs a sign-in of their own for it. */
    boolean needsSignIn() {
      return who.contains("holder");
    }

    boolean isForClient(Set<String> scopes) {
      return who.contains("client") || who.stream().anyMatch(scopes::contains);
    }

    /** What a refusal is recorded as. */
    Action action() {
      for (Action action : Action.values()) {
        if (record.startsWith(action.name() + " ")) {
          return action;
        }
      }
      return method.equals("GET") ? Action.VIEW : Action.CHANGE;
    }
  }

  List<Permission> rows() {
    return rows;
  }

  /** The row that a request falls under, null when there is none; HEAD counts as GET. */
  @Nullable Permission of(HttpServletRequest request) {
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    String path = request.getRequestURI().substring(request.getContextPath().length());
    PathContainer parsed = PathContainer.parsePath(path);
    return rows.stream()
        .filter(row -> row.method().equals(method) && row.path().matches(parsed))
        .findFirst()
        .orElse(null);
  }
}
