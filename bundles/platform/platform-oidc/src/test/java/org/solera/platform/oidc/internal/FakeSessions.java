// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.ExternalPerson;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.SignIn;

/** Remembers who was vouched for. */
final class FakeSessions implements Sessions {
    static final String SECRET = "secret-of-the-session";

    final List<ExternalPerson> people = new ArrayList<>();
    final List<String> ended = new ArrayList<>();
    boolean refusing;

    @Override
    public Outcome.SignedIn vouch(ExternalPerson person, String origin, String agent) throws SoleraException {
        if (refusing) {
            throw new SoleraException(PlatformError.FORBIDDEN, "No group takes this person in.", "", null);
        }
        people.add(person);
        Instant now = Instant.EPOCH;
        return new Outcome.SignedIn(
                new Session("id", Identity.of(person.name()), "csrf", origin, agent, now, now, false), SECRET);
    }

    @Override
    public void end(String secret) {
        ended.add(secret);
    }

    @Override
    public Outcome signIn(SignIn attempt) {
        throw new AssertionError("no password comes here");
    }

    @Override
    public Optional<Session> find(String secret) {
        return Optional.empty();
    }

    @Override
    public List<Session> of(String user) {
        return List.of();
    }

    @Override
    public boolean end(String user, String id) {
        return false;
    }
}
