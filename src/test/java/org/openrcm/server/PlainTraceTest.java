package org.openrcm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;

class PlainTraceTest {

  @Test
  void whatALibraryChokesOnIsNotRepeated() {
    DateTimeParseException choked = null;
    try {
      LocalDate.parse("HAZELTHWAITE");
    } catch (DateTimeParseException e) {
      choked = e;
    }
    assertThat(PlainTrace.of(new IllegalArgumentException(choked)))
        .doesNotContain("HAZELTHWAITE")
        .contains("java.lang.IllegalArgumentException")
        .contains("Caused by: java.time.format.DateTimeParseException\n")
        .contains("\tat java.base/java.time.LocalDate.parse");
  }

  @Test
  void valuesInMessagesOfTheDatabaseAreNotRepeatedButItsTroublesAre() {
    assertThat(PlainTrace.of(new SQLException("invalid input: \"HAZELTHWAITE\"", "22P02")))
        .startsWith("java.sql.SQLException SQLSTATE 22P02\n");
    assertThat(PlainTrace.of(new SQLException("too many connections", "53300")))
        .startsWith("java.sql.SQLException SQLSTATE 53300: too many connections\n");
  }

  @Test
  void messagesOfOursAndOfTheNetworkStay() {
    assertThat(PlainTrace.of(new StartRefused("Port taken."))).contains(": Port taken.");
    assertThat(PlainTrace.of(new ConnectException("refused"))).contains(": refused");
  }

  @Test
  void causesInACircleEnd() {
    Exception one = new Exception();
    Exception other = new Exception(one);
    one.initCause(other);
    assertThat(PlainTrace.of(one)).containsOnlyOnce("Caused by");
  }
}
