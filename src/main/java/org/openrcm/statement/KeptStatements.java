package org.openrcm.statement;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads statements as they were sent, many in as many queries as one. It writes no audit rows: who
 * shows them does.
 */
@Component
public class KeptStatements {
  private final JdbcClient sql;

  KeptStatements(JdbcClient sql) {
    this.sql = sql;
  }

  /** By number; those that the practice has. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, SentStatement> of(Collection<Long> numbers) {
    Map<Long, SentStatement> sent = new HashMap<>();
    sql.sql(
            """
            select s.number, s.id, a.id as account_id, s.issued_at, s.content, s.pages,
              encode(s.pdf_hash, 'hex') as hash, octet_length(s.pdf) as size
            from statement s
            join account a on a.practice_id = s.practice_id and a.number = s.account_number
            where s.number = any(?)
            """)
        .param(numbers.toArray(Long[]::new))
        .query(
            row -> {
              sent.put(
                  row.getLong("number"),
                  SentStatement.of(
                      Objects.requireNonNull(row.getObject("id", UUID.class)),
                      Objects.requireNonNull(row.getObject("account_id", UUID.class)),
                      Objects.requireNonNull(row.getObject("issued_at", OffsetDateTime.class))
                          .toInstant(),
                      new SentStatement.Pdf(
                          row.getString("hash"), row.getInt("size"), row.getInt("pages")),
                      Statements.content(row.getString("content"))));
            });
    return sent;
  }

  /** Their PDFs as they were sent, by number. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<Long, byte[]> pdfs(Collection<Long> numbers) {
    Map<Long, byte[]> pdfs = new HashMap<>();
    sql.sql("select number, pdf from statement where number = any(?)")
        .param(numbers.toArray(Long[]::new))
        .query(
            row -> {
              pdfs.put(row.getLong(1), row.getBytes(2));
            });
    return pdfs;
  }
}
