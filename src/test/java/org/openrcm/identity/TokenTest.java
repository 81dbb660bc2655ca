package org.openrcm.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openrcm.ServerTest;
import org.openrcm.TestApi;
import org.openrcm.TestDatabase;
import org.openrcm.TestUsers;
import org.openrcm.audit.Actor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

@ServerTest
class TokenTest {
  /** Open to any program; what is there does not matter here. */
  private static final String OPEN = "/fhir/nothing-of-this-name";

  private static final String SECRET = "select secret_hash from api_client where id = ?";

  @Autowired private TestUsers users;
  @Autowired private TestDatabase database;
  @Autowired private ApiClients clients;
  @Autowired private SigningKey signingKey;
  @Autowired private PasswordEncoder passwords;
  @Autowired private JdbcClient sql;

  private UUID practice;
  private ApiClients.Credentials client;

  @BeforeEach
  void aProgram() {
    practice = users.practice("Programs");
    client = users.client(practice, "system/ExplanationOfBenefit.rs", "system/files.read");
  }

  private int status(String token) {
    return new TestApi(users.address(), token).get(OPEN).statusCode();
  }

  private ECKey key() throws Exception {
    return signingKey.get(new JWKSelector(new JWKMatcher.Builder().build()), null).get(0).toECKey();
  }

  private JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(TokenConfiguration.ISSUER)
        .audience(TokenConfiguration.AUDIENCE)
        .subject(client.clientId())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(60)))
        .claim("client", client.id().toString())
        .claim("practice", practice.toString())
        .claim("scope", List.of("system/ExplanationOfBenefit.rs"));
  }

  private static String signed(ECKey key, JWTClaimsSet claims) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build(),
            claims);
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  @Test
  void anIdAndASecretGetATokenForFiveMinutesThatOpensWhatItsScopesOpen() {
    HttpResponse<String> answer = users.askForToken(client, "system/ExplanationOfBenefit.rs");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"token_type\":\"Bearer\"")
        .containsPattern("\"expires_in\":(299|300)");
    assertThat(answer.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
    String token = answer.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
    assertThat(status(token)).isNotIn(401, 403);
    TestApi program = new TestApi(users.address(), token);
    assertThat(program.get("/api/files").statusCode()).isEqualTo(403);
    assertThat(program.get("/people").statusCode()).isEqualTo(303);
    assertThat(Recorded.about(database, "ApiClient", client.id()))
        .containsExactly("PRIVILEGE 0", "SIGN_IN 0");
  }

  /** A slow hash is for what people choose; what an earlier version kept opens still. */
  @Test
  void aSecretOfThisOrAnEarlierVersionOpensAndNoOtherDoes() {
    String kept = Recorded.rows(database, SECRET, client.id()).get(0);
    assertThat(kept).matches("sha256:[0-9a-f]{64}").doesNotContain(client.secret());
    for (String wrong : List.of(client.secret() + "x", kept, kept.substring(7))) {
      assertThat(status(client.clientId(), wrong)).as("length %d", wrong.length()).isEqualTo(401);
    }
    sql.sql("update api_client set secret_hash = ? where id = ?")
        .params(passwords.encode(client.secret()), client.id())
        .update();
    assertThat(Recorded.rows(database, SECRET, client.id()).get(0)).startsWith("$argon2id$");
    assertThat(status(client.clientId(), client.secret())).isEqualTo(200);
    assertThat(status(client.clientId(), client.secret() + "x")).isEqualTo(401);
  }

  private int status(String clientId, String secret) {
    ApiClients.Credentials sent = new ApiClients.Credentials(client.id(), clientId, secret);
    return users.askForToken(sent, "system/ExplanationOfBenefit.rs").statusCode();
  }

  @Test
  void aNarrowerScopeThanGivenCanBeAskedForAndAWiderOneCannot() {
    assertThat(users.askForToken(client, "system/ExplanationOfBenefit.r").statusCode())
        .isEqualTo(200);
    for (String wider :
        List.of(
            "system/Patient.rs",
            "system/ExplanationOfBenefit.cruds",
            "system/ExplanationOfBenefit.write",
            "system/*.rs",
            "system/files.write",
            "system/*.r",
            "user/ExplanationOfBenefit.rs",
            "openid")) {
      HttpResponse<String> answer = users.askForToken(client, wider);
      assertThat(answer.statusCode()).as(wider).isEqualTo(400);
      assertThat(answer.body()).as(wider).contains("invalid_scope");
    }
  }

  @Test
  void aWrongSecretGetsNothingAndIsOnRecord() {
    HttpResponse<String> answer =
        users.askForToken(
            new ApiClients.Credentials(client.id(), client.clientId(), "guess"),
            "system/ExplanationOfBenefit.rs");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("invalid_client").doesNotContain("guess");
    assertThat(Recorded.about(database, "ApiClient", client.id()))
        .containsExactly("PRIVILEGE 0", "SIGN_IN 8 invalid_client");
  }

  @Test
  void aRevokedProgramIsOutAtOnceWithItsTokens() {
    String token = users.token(practice, "system/*.rs");
    assertThat(status(token)).isNotEqualTo(401);
    UUID id =
        UUID.fromString(
            Recorded.rows(
                    database,
                    "select id::text from api_client where practice_id = ? and id <> ?",
                    practice,
                    client.id())
                .get(0));
    Actor.job("test", practice).run(() -> assertThat(clients.revoke(id)).isTrue());
    assertThat(status(token)).isEqualTo(401);
    Actor.job("test", practice).run(() -> clients.revoke(client.id()));
    assertThat(users.askForToken(client, "system/files.read").statusCode()).isEqualTo(401);
  }

  @Test
  void aProgramOfAnotherPracticeCannotBeRevoked() {
    Actor.job("test", users.practice("Other"))
        .run(() -> assertThat(clients.revoke(client.id())).isFalse());
  }

  @Test
  void aTokenThatWeDidNotSignAsWeDoIsRefused() throws Exception {
    assertThat(status(signed(key(), claims().build()))).isNotIn(401, 403);
    ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID(key().getKeyID()).generate();
    assertThat(status(signed(foreign, claims().build()))).isEqualTo(401);
    assertThat(status(new PlainJWT(claims().build()).serialize())).isEqualTo(401);
    SignedJWT symmetric = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    symmetric.sign(new MACSigner(key().toPublicJWK().toJSONString()));
    assertThat(status(symmetric.serialize())).isEqualTo(401);
    String good = signed(key(), claims().build());
    assertThat(status(good.substring(0, good.lastIndexOf('.') + 1))).isEqualTo(401);
    assertThat(status("nonsense")).isEqualTo(401);
  }

  @Test
  void aTokenForSomebodyElseOrAnotherTimeIsRefused() throws Exception {
    Date past = Date.from(Instant.now().minusSeconds(60));
    Date future = Date.from(Instant.now().plusSeconds(60));
    for (JWTClaimsSet wrong :
        List.of(
            claims().audience("urn:somebody:else").build(),
            claims().audience((String) null).build(),
            claims().issuer("urn:somebody:else").build(),
            claims().expirationTime(past).build(),
            claims().expirationTime(null).build(),
            claims().notBeforeTime(future).build(),
            claims().claim("client", null).build(),
            claims().claim("client", UUID.randomUUID().toString()).build(),
            claims().claim("practice", users.practice("Other").toString()).build())) {
      assertThat(status(signed(key(), wrong))).as(wrong.toString()).isEqualTo(401);
    }
  }

  @Test
  void scopesOfATokenThatItsProgramNeverHadOpenNothing() throws Exception {
    String token = signed(key(), claims().claim("scope", List.of("system/files.write")).build());
    TestApi program = new TestApi(users.address(), token);
    assertThat(program.post("/api/files", "application/edi-x12", new byte[0]).statusCode())
        .isEqualTo(403);
  }

  @Test
  void whoHasNoTokenIsToldSoInTheFormOfThePlace() {
    HttpResponse<String> api = users.anonymous().get("/api/files");
    assertThat(api.statusCode()).isEqualTo(401);
    assertThat(api.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(api.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    HttpResponse<String> fhir = users.anonymous().get("/fhir/Patient");
    assertThat(fhir.statusCode()).isEqualTo(401);
    assertThat(fhir.body()).contains("OperationOutcome").contains("\"login\"");
    assertThat(fhir.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/fhir+json"));
    assertThat(new TestApi(users.address(), "bad").get("/fhir/Patient").body())
        .contains("OperationOutcome");
  }

  @Test
  void theOtherDoorsOfAnAuthorizationServerAreClosed() {
    for (String path :
        List.of(
            "/oauth2/authorize?response_type=code&client_id=x",
            "/oauth2/jwks",
            "/oauth2/introspect",
            "/oauth2/revoke",
            "/oauth2/device_authorization",
            "/connect/register",
            "/userinfo",
            "/.well-known/oauth-authorization-server",
            "/.well-known/openid-configuration")) {
      assertThat(users.anonymous().get(path).statusCode()).as(path).isIn(303, 401);
    }
    TestApi nobody = new TestApi(users.address(), "none");
    assertThat(
            nobody
                .send(
                    nobody
                        .request("/oauth2/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                            HttpRequest.BodyPublishers.ofString(
                                "grant_type=password&username=a&password=b")))
                .statusCode())
        .isIn(400, 401);
  }
}
