package org.openrcm.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openrcm.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The key (ES256) that tokens are signed with. It is kept in the database, by the vault, so that
 * what one instance of the server signs, the others know.
 */
@Component
class SigningKey implements JWKSource<SecurityContext> {
  static final String PLACE = "signing_key";

  private final JdbcClient database;
  private final Vault vault;
  private volatile @Nullable JWKSet known;

  SigningKey(JdbcClient database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    JWKSet keys = known;
    if (keys == null) {
      try {
        keys = new JWKSet(kept());
      } catch (JOSEException | ParseException e) {
        throw new KeySourceException("the signing key cannot be made or read", e);
      }
      known = keys;
    }
    return selector.select(keys);
  }

  private ECKey kept() throws JOSEException, ParseException {
    List<String> kept = read();
    if (kept.isEmpty()) {
      ECKey made =
          new ECKeyGenerator(Curve.P_256)
              .keyID(UUID.randomUUID().toString())
              .algorithm(JWSAlgorithm.ES256)
              .generate();
      // Of two instances that start together the first makes the key
      database
          .sql("insert into signing_key (jwk) values (?) on conflict do nothing")
          .param(closed(made.toJSONString()))
          .update();
      kept = read();
    }
    String jwk = opened(kept.get(0));
    String fresh = isFresh(kept.get(0)) ? null : closed(jwk);
    if (fresh != null) {
      database
          .sql("update signing_key set jwk = ? where jwk = ?")
          .params(fresh, kept.get(0))
          .update();
    }
    return ECKey.parse(jwk);
  }

  private String closed(String jwk) {
    byte[] bytes = vault.close(jwk.getBytes(StandardCharsets.UTF_8), PLACE);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** As JSON it was kept before there was a vault. */
  private String opened(String kept) {
    return kept.startsWith("{")
        ? kept
        : new String(vault.open(Base64.getDecoder().decode(kept), PLACE), StandardCharsets.UTF_8);
  }

  private boolean isFresh(String kept) {
    return !kept.startsWith("{") && vault.isFresh(Base64.getDecoder().decode(kept));
  }

  private List<String> read() {
    return database.sql("select jwk from signing_key").query(String.class).list();
  }
}
