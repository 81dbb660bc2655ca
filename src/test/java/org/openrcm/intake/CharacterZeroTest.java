package org.openrcm.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.posting.TestBooks;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * Old mainframes fill up with character 0, which neither PostgreSQL nor FHIR can keep in a text:
 * wherever it stands in a file, the file is read.
 */
@ServerTest
@TestPropertySource(properties = "openrcm.jobs.attempts=1")
class CharacterZeroTest {
  private static final Path SAMPLES = Path.of("samples");
  private static final int VARIANTS = 60;
  private static final int MOST = 6;

  @Autowired private ApplicationContext server;
  @Autowired private JdbcClient sql;

  @Test
  void whereverItStandsTheFileIsRead() throws IOException {
    long seed = Long.getLong("openrcm.zero.seed", 20261128L);
    Random random = new Random(seed);
    TestBooks books = new TestBooks(server);
    for (String name :
        List.of(
            "family-practice.835",
            "month/claims.837",
            "month/answers/2026-06-16/claims.837.999",
            "month/answers/2026-06-16/claims.837.ta1",
            "month/answers/2026-06-17/claims.837.277")) {
      byte[] whole = Files.readAllBytes(SAMPLES.resolve(name));
      for (int variant = 0; variant < VARIANTS; variant++) {
        byte[] bytes = whole.clone();
        // control numbers are what is kept beside what a file says
        int within = variant % 2 == 0 ? Math.min(400, bytes.length) : bytes.length;
        for (int i = 0; i <= random.nextInt(MOST); i++) {
          bytes[random.nextInt(within)] = 0;
        }
        books.receive(variant + "-" + name.replace('/', '-'), bytes);
      }
    }
    books.settled();
    assertThat(
            books.ask(
                () ->
                    sql.sql(
                            """
                            select name from received_file where trouble like '%several tries%'
                            """)
                        .query(String.class)
                        .list()))
        .as("seed %d", seed)
        .isEmpty();
  }
}
