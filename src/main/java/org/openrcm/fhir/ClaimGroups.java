package org.openrcm.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.openrcm.remittance.ClaimGroup;
import org.openrcm.remittance.Figure;

/**
 * A provider's totals over a group of claims (LX with TS3 and TS2), for which FHIR has no place.
 */
final class ClaimGroups {
  private ClaimGroups() {}

  static boolean hasTotals(ClaimGroup group) {
    return group.provider() != null || group.inpatient() != null;
  }

  static Extension totals(ClaimGroup group, RemittanceView check) {
    Extension totals = new Extension(Systems.CLAIM_GROUP_EXTENSION);
    totals.addExtension("number", new StringType(group.number()));
    ClaimGroup.ProviderTotals provider = group.provider();
    if (provider != null) {
      provider(provider, check, totals);
      figures(provider.others(), check, totals);
    }
    ClaimGroup.InpatientTotals inpatient = group.inpatient();
    if (inpatient != null) {
      figures(inpatient.figures(), check, totals);
    }
    return totals;
  }

  private static void provider(
      ClaimGroup.ProviderTotals provider, RemittanceView check, Extension totals) {
    if (!provider.id().isEmpty()) {
      totals.addExtension("provider", Elements.identifier(null, provider.id()));
    }
    @Nullable String facility = provider.facilityType();
    if (facility != null) {
      totals.addExtension("facility", Elements.coding(Systems.x12(1331), facility));
    }
    if (provider.fiscalPeriodEnd() != null) {
      totals.addExtension("fiscalPeriodEnd", check.elements().date(provider.fiscalPeriodEnd()));
    }
    if (provider.claims() != null) {
      totals.addExtension("claims", new DecimalType(provider.claims()));
    }
    if (provider.charges() != null) {
      totals.addExtension("charges", check.money(provider.charges()));
    }
  }

  private static void figures(List<Figure> figures, RemittanceView check, Extension totals) {
    for (Figure figure : figures) {
      Extension extension = new Extension("figure");
      extension.addExtension("designator", new CodeType(figure.designator()));
      extension.addExtension("value", Figures.quantity(check, figure.designator(), figure.value()));
      totals.addExtension(extension);
    }
  }
}
