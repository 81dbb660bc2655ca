package org.openrcm.server;

import java.io.IOException;
import java.util.Locale;
import org.openrcm.identity.FirstAdministrator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What a server that has started says to whoever started it: where it is, and who can sign in. With
 * a database of its own it opens the made-up practice; with another's it asks for a first
 * administrator when there is nobody.
 */
@Component
class Greeting {
  private final Environment environment;
  private final ObjectProvider<BroughtPostgres> brought;
  private final MadeUpPractice madeUpPractice;
  private final FirstAdministrator firstAdministrator;

  Greeting(
      Environment environment,
      ObjectProvider<BroughtPostgres> brought,
      MadeUpPractice madeUpPractice,
      FirstAdministrator firstAdministrator) {
    this.environment = environment;
    this.brought = brought;
    this.madeUpPractice = madeUpPractice;
    this.firstAdministrator = firstAdministrator;
  }

  String text() throws IOException {
    BroughtPostgres own = brought.getIfAvailable();
    String after = own == null ? ofAnothersDatabase() : ofOwnDatabase(own);
    return "\nOpenRCM is ready: " + address() + "\n" + after;
  }

  private String address() {
    return "http://localhost:" + environment.getRequiredProperty("local.server.port");
  }

  private String ofAnothersDatabase() {
    return firstAdministrator
        .link()
        .map(
            path ->
                filled(
                    """

                    Nobody can sign in yet. This link makes a practice and its first administrator;
                    it works once, for 24 hours:
                      %s%s
                    """,
                    address(), path))
        .orElse("");
  }

  private String ofOwnDatabase(BroughtPostgres own) throws IOException {
    MadeUpPractice.Opened practice = madeUpPractice.open();
    StringBuilder ways = new StringBuilder();
    for (MadeUpPractice.Way way : practice.ways()) {
      ways.append(
          filled("  %-14s %-17s %s%s\n", way.role().code(), way.name(), address(), way.path()));
    }
    return filled(
        """

        %1$s has %2$,d claims and %3$,d remittances.
        Its data are in %4$s.

        Sign in as one of its people (each link works once, for 24 hours):
        %5$s
        Read FHIR as a program (its secret works until the next start):
          TOKEN=$(curl -s -u %6$s:%7$s \\
            -d grant_type=client_credentials -d 'scope=system/*.rs' %8$s/oauth2/token \\
            | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
          curl -s -H "Authorization: Bearer $TOKEN" '%8$s/fhir/ExplanationOfBenefit?_count=2'

        Stop with Ctrl-C.
        """,
        practice.name(),
        practice.claims(),
        practice.remittances(),
        own.folder(),
        ways,
        practice.program().clientId(),
        practice.program().secret(),
        address());
  }

  private static String filled(String text, Object... values) {
    return String.format(Locale.US, text, values);
  }
}
