package org.openrcm.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AllRequiredFactorsAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/** What a person showed at sign-in. */
enum Factor {
  PASSWORD(FactorGrantedAuthority.PASSWORD_AUTHORITY),
  CODE("FACTOR_TOTP"),
  /** A link for people of made-up practices. */
  LINK(FactorGrantedAuthority.OTT_AUTHORITY);

  private static final List<AllRequiredFactorsAuthorizationManager<Object>> WAYS_IN =
      List.of(required(PASSWORD, CODE), required(LINK));

  private final String authority;

  Factor(String authority) {
    this.authority = authority;
  }

  String authority() {
    return authority;
  }

  private static AllRequiredFactorsAuthorizationManager<Object> required(Factor... factors) {
    AllRequiredFactorsAuthorizationManager.Builder<Object> all =
        AllRequiredFactorsAuthorizationManager.builder();
    for (Factor factor : factors) {
      all.requireFactor(required -> required.authority(factor.authority));
    }
    return all.build();
  }

  /** Whether all that is asked of a person was shown: a password alone is nothing. */
  static boolean isWhole(@Nullable Authentication who) {
    return who != null
        && WAYS_IN.stream().anyMatch(way -> way.authorize(() -> who, who).isGranted());
  }
}
