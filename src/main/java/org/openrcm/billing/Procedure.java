package org.openrcm.billing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A composite medical procedure identifier (C003).
 *
 * @param qualifier the code list: {@code HC} HCPCS and CPT, {@code AD} dental, {@code NU} revenue
 *     code, {@code N4} drug ...
 * @param description text, when one was sent
 */
public record Procedure(
    String qualifier, String code, List<String> modifiers, @Nullable String description) {}
