package org.openrcm.server;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code /openapi.json}: what programs can ask of {@code /api}, drawn from the controllers. */
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {
  private static final String SCHEME = "program";

  @Bean
  OpenAPI openApi() {
    String version = OpenApiDocument.class.getPackage().getImplementationVersion();
    SecurityScheme program =
        new SecurityScheme()
            .type(SecurityScheme.Type.OAUTH2)
            .flows(
                new OAuthFlows()
                    .clientCredentials(
                        new OAuthFlow()
                            .tokenUrl("/oauth2/token")
                            .scopes(
                                new Scopes()
                                    .addString("system/files.read", "Files and what came of them")
                                    .addString("system/files.write", "Send files")
                                    .addString(
                                        "system/ledger.read",
                                        "Balances, and the entries behind them"))));
    return new OpenAPI()
        .info(
            new Info()
                .title("OpenRCM")
                .description(
                    "Files in, and the ledger. What else comes out is read by FHIR, at /fhir.")
                .version(version == null ? "unpackaged" : version))
        .components(new Components().addSecuritySchemes(SCHEME, program))
        .addSecurityItem(new SecurityRequirement().addList(SCHEME));
  }
}
