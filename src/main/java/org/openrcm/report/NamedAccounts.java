package org.openrcm.report;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whose accounts they are, and where their pages are. */
@Component
class NamedAccounts {
  private final JdbcClient sql;

  NamedAccounts(JdbcClient sql) {
    this.sql = sql;
  }

  /** Of many accounts at once, by their number. */
  static final class Found {
    private final Map<Long, Table.Cell> accounts = new HashMap<>();
    private final Set<UUID> patients = new LinkedHashSet<>();

    Table.Cell who(long number) {
      return accounts.getOrDefault(number, Table.Cell.of(null));
    }

    Set<UUID> patients() {
      return patients;
    }
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public Found of(Collection<Long> numbers) {
    Found found = new Found();
    sql.sql(
            """
            select a.number, a.id, a.last_name, a.first_name, c.patient_id
            from account a
            left join account_claim c on c.account_number = a.number
            where a.number = any (?)
            """)
        .param((Object) numbers.stream().distinct().toArray(Long[]::new))
        .query(
            row -> {
              String name =
                  Stream.of(row.getString("last_name"), row.getString("first_name"))
                      .filter(each -> each != null && !each.isEmpty())
                      .collect(Collectors.joining(", "));
              found.accounts.put(
                  row.getLong("number"),
                  Table.Cell.of(name.isEmpty() ? "(no name)" : name)
                      .to("/accounts/" + row.getObject("id", UUID.class)));
              UUID patient = row.getObject("patient_id", UUID.class);
              if (patient != null) {
                found.patients.add(patient);
              }
            });
    return found;
  }
}
