package org.openrcm.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/**
 * Lets a request through that a row of {@link Permissions} opens to who sends it; staff have shown
 * all factors before. What has no row is closed.
 */
@Component
class Gate implements AuthorizationManager<RequestAuthorizationContext> {
  private final Permissions permissions;
  private final Emergencies emergencies;

  Gate(Permissions permissions, Emergencies emergencies) {
    this.permissions = permissions;
    this.emergencies = emergencies;
  }

  @Override
  public AuthorizationResult authorize(
      Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
    Permissions.Permission permission = permissions.of(context.getRequest());
    return new AuthorizationDecision(
        permission != null
            && (permission.isForAnyone() || isOpen(permission, who.get(), context.getRequest())));
  }

  private boolean isOpen(
      Permissions.Permission permission, @Nullable Authentication who, HttpServletRequest request) {
    if (who instanceof ClientAuthentication client) {
      return permission.isForClient(client.scopes());
    }
    if (who instanceof PatientAuthentication patient) {
      return permission.isForPatient(patient.patient());
    }
    return who instanceof StaffAuthentication staff
        && Factor.isWhole(staff)
        && (permission.isForStaff(staff.work().roles())
            || isOpenInEmergency(permission, staff, request));
  }

  private boolean isOpenInEmergency(
      Permissions.Permission permission, StaffAuthentication staff, HttpServletRequest request) {
    boolean open =
        permission.isForEmergency()
            && emergencies.until(request, staff.work().practice().id()) != null;
    if (open) {
      EmergencyFilter.mark(request);
    }
    return open;
  }
}
