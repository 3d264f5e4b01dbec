// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.time.Clock;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.spi.RestModule;

/** People, sessions, tokens, access keys and groups, under {@code /api/v1/users}. */
@Component(service = RestModule.class)
public final class UsersRestModule implements RestModule {
    private final Set<Object> resources;

    @Activate
    public UsersRestModule(@Reference UserServices services, @Reference Clock clock) {
        Credentials credentials = new Credentials(services, clock);
        this.resources = Set.of(
                new SessionResource(services),
                new MeResource(services, credentials),
                new PeopleResource(services),
                new PeopleCredentialsResource(services, credentials),
                new GroupsResource(services),
                new PermissionsResource());
    }

    @Override
    public String domain() {
        return "users";
    }

    @Override
    public Set<Object> resources() {
        return resources;
    }
}
