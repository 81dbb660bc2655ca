package org.openrcm.billing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** N3 and N4; country and its subdivision are ISO 3166 codes. */
public record Address(
    List<String> lines,
    @Nullable String city,
    @Nullable String state,
    @Nullable String postalCode,
    @Nullable String country,
    @Nullable String subdivision) {}
