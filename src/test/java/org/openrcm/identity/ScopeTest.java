package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private static boolean allows(String scope, String type, char act) {
    return Scope.parse(scope).orElseThrow().allows(type, act);
  }

  @Test
  void lettersAllowWhatTheySay() {
    assertThat(allows("system/ExplanationOfBenefit.rs", "ExplanationOfBenefit", 'r')).isTrue();
    assertThat(allows("system/ExplanationOfBenefit.rs", "ExplanationOfBenefit", 's')).isTrue();
    assertThat(allows("system/ExplanationOfBenefit.rs", "ExplanationOfBenefit", 'd')).isFalse();
    assertThat(allows("system/ExplanationOfBenefit.rs", "Patient", 'r')).isFalse();
    assertThat(allows("system/*.s", "Patient", 's')).isTrue();
    assertThat(allows("system/*.s", "Patient", 'r')).isFalse();
  }

  @Test
  void theFirstVersionsWordsMeanLetters() {
    assertThat(allows("system/Patient.read", "Patient", 'r')).isTrue();
    assertThat(allows("system/Patient.read", "Patient", 's')).isTrue();
    assertThat(allows("system/Patient.read", "Patient", 'c')).isFalse();
    assertThat(allows("system/Patient.write", "Patient", 'u')).isTrue();
    assertThat(allows("system/Patient.write", "Patient", 'r')).isFalse();
    assertThat(allows("system/Patient.*", "Patient", 'd')).isTrue();
  }

  @Test
  void filesAndTheLedgerAreNoResourceTypes() {
    assertThat(allows("system/*.cruds", "files", 'r')).isFalse();
    assertThat(allows("system/files.read", "files", 'r')).isTrue();
    assertThat(allows("system/files.read", "files", 'c')).isFalse();
    assertThat(allows("system/*.cruds", "ledger", 'r')).isFalse();
    assertThat(allows("system/ledger.read", "ledger", 'r')).isTrue();
    assertThat(Scope.parse("system/ledger.write")).isEmpty();
    assertThat(allows("system/*.cruds", "notes", 'r')).isFalse();
    assertThat(allows("system/Communication.rs", "notes", 'r')).isFalse();
    assertThat(allows("system/notes.read", "notes", 'r')).isTrue();
    assertThat(allows("system/notes.read", "Communication", 'r')).isFalse();
    assertThat(Scope.parse("system/notes.write")).isEmpty();
  }

  @Test
  void theAuditRecordIsGivenByNameOnly() {
    assertThat(allows("system/*.cruds", "AuditEvent", 'r')).isFalse();
    assertThat(allows("system/*.*", "AuditEvent", 's')).isFalse();
    assertThat(allows("system/AuditEvent.rs", "AuditEvent", 's')).isTrue();
    assertThat(allows("system/AuditEvent.rs", "Patient", 'r')).isFalse();
    assertThat(Scopes.covers(List.of("system/*.rs"), List.of("system/AuditEvent.r"))).isFalse();
    assertThat(Scopes.covers(List.of("system/AuditEvent.rs"), List.of("system/*.r"))).isFalse();
  }

  @Test
  void whatIsNoScopeIsNone() {
    for (String text :
        List.of(
            "",
            "system/",
            "system/Patient",
            "system/Patient.",
            "system/Patient.sr",
            "system/Patient.x",
            "user/Patient.rs",
            "patient/Patient.rs",
            "system/patient.rs",
            "system/Patient.rs?code=1",
            "launch")) {
      assertThat(Scope.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void aGrantCoversWhatLiesWithinIt() {
    assertThat(Scopes.covers(List.of("system/*.rs"), List.of("system/Patient.r"))).isTrue();
    assertThat(Scopes.covers(List.of("system/Patient.rs"), List.of("system/*.r"))).isFalse();
    assertThat(Scopes.covers(List.of("system/Patient.rs"), List.of("system/Patient.read")))
        .isTrue();
    assertThat(Scopes.covers(List.of("system/*.cruds"), List.of("system/files.read"))).isFalse();
    assertThat(Scopes.covers(List.of("system/*.rs"), List.of())).isTrue();
  }
}
