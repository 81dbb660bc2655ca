package org.openrcm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openrcm.collections.CollectorsFloor;
import org.openrcm.identity.Role;
import org.springframework.context.ApplicationContext;

/** Calls about the collections queue, on a collectors' floor of its own. */
final class QueueCalls {
  private final ApplicationContext server;
  private final TestUsers users;

  QueueCalls(ApplicationContext server) {
    this.server = server;
    users = server.getBean(TestUsers.class);
  }

  /** By method and path. */
  Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    queue(calls);
    return calls;
  }

  private void queue(Map<String, Call> calls) {
    CollectorsFloor floor = CollectorsFloor.open(server, 4);
    TestSession collector = users.signedIn(floor.practice(), Role.COLLECTOR, Role.MANAGER);
    String account = floor.id(floor.account(1)).toString();
    calls.put("GET /queue", () -> () -> collector.get("/queue"));
    calls.put("GET /queue/held", () -> () -> collector.get("/queue/held"));
    calls.put("GET /queue/setup", () -> () -> collector.get("/queue/setup"));
    calls.put(
        "POST /queue/next",
        () -> {
          held(collector, "/put-back");
          return () -> collector.post("/queue/next");
        });
    calls.put(
        "GET /queue/work/{lease}",
        () -> {
          String work = held(collector, "");
          return () -> collector.get(work);
        });
    calls.put(
        "POST /queue/work/{lease}",
        () -> {
          String work = held(collector, "");
          String owner = floor.id(floor.held()).toString();
          return () ->
              collector.post(work, "key", Call.key(), "act", "left-message", "account", owner);
        });
    calls.put(
        "POST /queue/work/{lease}/put-back",
        () -> {
          String work = held(collector, "");
          return () -> collector.post(work + "/put-back");
        });
    calls.put(
        "POST /queue/work/{lease}/state",
        () -> {
          String work = held(collector, "");
          return () -> collector.post(work + "/state", "active", "1");
        });
    calls.put(
        "POST /queue/drafts/{account}",
        () -> () -> collector.post("/queue/drafts/" + account, "note", "Called"));
    calls.put("GET /queue/drafts/{account}", () -> () -> collector.get("/queue/drafts/" + account));
    calls.put(
        "POST /queue/entries/{account}/take",
        () -> {
          String free = floor.id(floor.held()).toString();
          held(collector, "/put-back");
          return () -> collector.post("/queue/entries/" + free + "/take");
        });
    calls.put(
        "POST /queue/entries/{account}/undo/{step}",
        () -> {
          String work = held(collector, "");
          String owner = floor.id(floor.held()).toString();
          collector.post(
              work,
              "key",
              Call.key(),
              "act",
              "snooze",
              "until",
              floor.today().plusDays(3).toString(),
              "account",
              owner);
          long step = floor.count("select max(number) from collection_step where kind = 'SNOOZED'");
          floor.settled();
          return () -> collector.post("/queue/entries/" + owner + "/undo/" + step);
        });
    calls.put(
        "POST /queue/held/{account}/take-back",
        () -> {
          held(collector, "");
          String held = floor.id(floor.held()).toString();
          return () -> collector.post("/queue/held/" + held + "/take-back");
        });
    calls.put(
        "POST /queue/held/{account}/assign",
        () -> () -> collector.post("/queue/held/" + account + "/assign", "to", ""));
    calls.put(
        "POST /queue/queues",
        () -> () -> collector.post("/queue/queues", "number", "0", "name", "A"));
    calls.put(
        "POST /queue/queues/{number}/raise",
        () -> {
          collector.post("/queue/queues", "number", "0", "name", "B");
          long number = floor.count("select max(number) from collection_queue");
          return () -> collector.post("/queue/queues/" + number + "/raise");
        });
    calls.put(
        "POST /queue/teams",
        () -> () -> collector.post("/queue/teams", "number", "0", "name", "C"));
    for (String act : List.of("remove", "restore")) {
      calls.put(
          "POST /queue/queues/{number}/" + act,
          () -> {
            long number = floor.count("select max(number) from collection_queue");
            return () -> collector.post("/queue/queues/" + number + "/" + act);
          });
      calls.put(
          "POST /queue/teams/{number}/" + act,
          () -> {
            long number = floor.count("select max(number) from collection_team");
            return () -> collector.post("/queue/teams/" + number + "/" + act);
          });
    }
  }

  /** The work screen of what this collector holds, after a verb when one is given. */
  private static String held(TestSession collector, String verb) {
    String work =
        java.net
            .URI
            .create(collector.post("/queue/next").headers().firstValue("Location").orElseThrow())
            .getPath();
    if (!verb.isEmpty()) {
      collector.post(work + verb);
    }
    return work;
  }
}
