package org.openrcm.claim;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.util.List;
import org.openrcm.money.Money;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Claims and submissions as JSON and back: components only, without what is null or an empty list,
 * money in cents. A claim's place in its file is left out: the same claim in another file has the
 * same text.
 */
final class ClaimJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Money.class, new CentsWriter())
                  .addDeserializer(Money.class, new CentsReader()))
          .addMixIn(Claim.class, WithoutPlace.class)
          // components only: records have methods that look like properties
          .changeDefaultVisibility(
              visible ->
                  visible
                      .withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                      .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                      .withVisibility(PropertyAccessor.CREATOR, Visibility.ANY))
          .changeDefaultPropertyInclusion(
              always -> always.withValueInclusion(JsonInclude.Include.NON_NULL))
          .withConfigOverride(
              List.class,
              lists ->
                  lists
                      .setInclude(
                          JsonInclude.Value.construct(
                              JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
                      .setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ClaimJson() {}

  @JsonIgnoreProperties(
      value = {"byteOffset", "byteLength"},
      allowSetters = true)
  private interface WithoutPlace {}

  private static final class CentsWriter extends ValueSerializer<Money> {
    @Override
    public void serialize(Money money, JsonGenerator to, SerializationContext context) {
      to.writeNumber(money.cents());
    }
  }

  private static final class CentsReader extends ValueDeserializer<Money> {
    @Override
    public Money deserialize(JsonParser from, DeserializationContext context) {
      return Money.ofCents(from.getLongValue());
    }
  }

  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static Submission submission(String json) {
    return MAPPER.readValue(json, Submission.class);
  }

  /** A claim with the place that its columns tell. */
  static Claim claim(String json, long byteOffset, long byteLength) {
    String place = "{\"byteOffset\":" + byteOffset + ",\"byteLength\":" + byteLength + ",";
    return MAPPER.readValue(place + json.substring(1), Claim.class);
  }
}
