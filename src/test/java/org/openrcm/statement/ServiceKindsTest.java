package org.openrcm.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openrcm.billing.Procedure;

class ServiceKindsTest {

  @ParameterizedTest
  @CsvSource({
    "HC,99213,Office visit,Visita al consultorio",
    "HC,99283,Emergency room,Sala de emergencias",
    "HC,80053,Lab test,Examen de laboratorio",
    "HC,71046,X-ray,Radiografía",
    "HC,70551,MRI or CT scan,Resonancia o tomografía",
    "HC,74177,MRI or CT scan,Resonancia o tomografía",
    "HC,76700,Ultrasound,Ultrasonido",
    "HC,90686,Vaccine,Vacuna",
    "HC,97110,Physical therapy,Terapia física",
    "HC,45378,Colonoscopy,Colonoscopia",
    "HC,27447,Surgery or procedure,Cirugía o procedimiento",
    "HC,00790,Anesthesia,Anestesia",
    "HC,36415,Blood draw,Toma de sangre",
    "HC,88305,Tissue test,Examen de tejido",
    "HC,0240U,Lab test,Examen de laboratorio",
    "HC,0501T,Newer test or procedure,Examen o procedimiento nuevo",
    "HC,J1030,Medicine,Medicina",
    "HC,j1030,Medicine,Medicina",
    "HC,A0429,Ambulance ride,Ambulancia",
    "HC,A0100,Ride to care,Traslado a su cita",
    "HC,A4550,Supplies,Materiales",
    "HC,E0601,Medical equipment,Equipo médico",
    "HC,D1110,Dental cleaning,Limpieza dental",
    "AD,D1110,Dental cleaning,Limpieza dental",
    "AD,D0274,Dental X-ray,Radiografía dental",
    "AD,D2750,Crown,Corona dental",
    "AD,D7140,Tooth removal,Extracción de diente",
    "NU,0450,Emergency room,Sala de emergencias",
    "NU,450,Emergency room,Sala de emergencias",
    "NU,0120,Hospital room,Cuarto de hospital",
    "N4,00071015523,Medicine,Medicina",
    "HC,1,Service,Servicio",
    "HC,,Service,Servicio",
    "ZZ,99213,Service,Servicio",
    "ANY,99213,Service,Servicio"
  })
  void aCodeHasAKind(String list, @Nullable String code, String english, String spanish) {
    Procedure procedure =
        new Procedure(list, Objects.requireNonNullElse(code, ""), List.of(), null);
    assertThat(ServiceKinds.of(procedure, null, Language.EN)).isEqualTo(english);
    assertThat(ServiceKinds.of(procedure, null, Language.ES)).isEqualTo(spanish);
  }

  @Test
  void theProcedureSaysMoreThanTheRevenueCode() {
    Procedure test = new Procedure("HC", "85025", List.of(), null);
    assertThat(ServiceKinds.of(test, "0450", Language.EN)).isEqualTo("Lab test");
    Procedure unknown = new Procedure("HP", "1AA11", List.of(), null);
    assertThat(ServiceKinds.of(unknown, "0450", Language.EN)).isEqualTo("Emergency room");
    assertThat(ServiceKinds.of(null, "0250", Language.EN)).isEqualTo("Medicine");
  }

  @Test
  void whatHasNoCodeIsAService() {
    assertThat(ServiceKinds.of(null, null, Language.EN)).isEqualTo("Service");
    assertThat(ServiceKinds.of(null, "9999", Language.ES)).isEqualTo("Servicio");
  }

  @Test
  void everyRangeIsReachedByItsFirstOrLastCode() throws IOException {
    for (String line : lines()) {
      List<String> row = List.of(line.split("\t", -1));
      if (row.get(1).equals("*")) {
        continue;
      }
      assertThat(List.of(kind(row.get(0), row.get(1)), kind(row.get(0), row.get(2))))
          .as(line)
          .contains(row.get(3));
    }
  }

  private static String kind(String list, String code) {
    return ServiceKinds.of(new Procedure(list, code, List.of(), null), null, Language.EN);
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ServiceKindsTest.class.getResourceAsStream("/rules/service-kind.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"99213,99202", "99202,J0120", "0001T,0005U", "x,y", "*,99213"})
  void whatIsNoRangeIsRefused(String first, String last) {
    RuleFile.Row row =
        new RuleFile.Row(
            "rules/kinds.tsv",
            7,
            List.of("list", "first", "last", "words", "words_es"),
            List.of("HC", first, last, "Visit", "Visita"));
    assertThatThrownBy(() -> ServiceKinds.Range.of(row))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rules/kinds.tsv line 7: first and last are no range of codes");
  }
}
