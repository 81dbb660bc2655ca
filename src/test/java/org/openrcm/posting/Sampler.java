package org.openrcm.posting;
import java.util.*;
import java.util.concurrent.*;
import org.openrcm.TestDatabase;
final class Sampler {
  static final Map<String,Integer> seen = new ConcurrentHashMap<>();
  static void start(TestDatabase db) {
    Thread t = new Thread(() -> {
      try (var c = db.asSuperuser(); var s = c.createStatement()) {
        while (true) {
          try (var r = s.executeQuery("select state, coalesce(wait_event,'cpu'), left(regexp_replace(query, '\\s+', ' ', 'g'), 160) from pg_stat_activity where pid <> pg_backend_pid() and state in ('active','idle in transaction')")) {
            while (r.next()) seen.merge(r.getString(1) + "|" + r.getString(2) + "|" + r.getString(3), 1, Integer::sum);
          }
          Thread.sleep(50);
        }
      } catch (Exception e) { }
    });
    t.setDaemon(true); t.start();
  }
  static void print() {
    seen.entrySet().stream().sorted((a,b)->b.getValue()-a.getValue()).limit(14).forEach(e -> System.out.println("> " + e.getValue() + " " + e.getKey()));
    seen.clear();
    System.out.println("> ----");
  }
}
