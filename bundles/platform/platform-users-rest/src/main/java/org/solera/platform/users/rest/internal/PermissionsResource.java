// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.solera.platform.api.Identity;
import org.solera.platform.api.Role;
import org.solera.platform.api.access.AnyIdentity;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.rest.Described;

/** What each role may do. Thread-safe. */
@Path("/permissions")
@Produces(MediaType.APPLICATION_JSON)
public final class PermissionsResource {
    PermissionsResource() {}

    /** A role; for each domain {@code change}, {@code read} or {@code none}. */
    record RoleDto(Role role, Map<String, String> domains) {}

    /** The whole table. */
    record PermissionsDto(List<String> domains, List<RoleDto> roles) {}

    @GET
    @AnyIdentity
    @Described("The table of what each role may do in each domain.")
    public PermissionsDto permissions() {
        return new PermissionsDto(
                Arrays.stream(Domain.values()).map(Domain::path).toList(),
                Arrays.stream(Role.values())
                        .map(role -> new RoleDto(role, Grants.permissions(Identity.of(role.name(), role))))
                        .toList());
    }
}
