package org.openrcm.payment;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the gateway tells what came of payments. Who cannot sign is told nothing. */
@RestController
class Webhooks {
  static final String PATH = "/webhooks/payments";

  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  private static final int LARGEST = 64 * 1024;

  private final WebhookSignature signature;
  private final GatewayEvents events;

  Webhooks(WebhookSignature signature, GatewayEvents events) {
    this.signature = signature;
    this.events = events;
  }

  @PostMapping(PATH)
  ResponseEntity<Void> receive(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      return answer(HttpStatus.CONTENT_TOO_LARGE);
    }
    if (!signature.isRight(request.getHeader(WebhookSignature.HEADER), body)) {
      LOG.warn("a payment event without a right signature was refused");
      return answer(HttpStatus.BAD_REQUEST);
    }
    boolean taken = events.receive(new String(body, StandardCharsets.UTF_8));
    return answer(taken ? HttpStatus.OK : HttpStatus.BAD_REQUEST);
  }

  private static ResponseEntity<Void> answer(HttpStatus status) {
    return ResponseEntity.status(status).build();
  }
}
