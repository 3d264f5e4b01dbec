// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.IdentityProvider;
import org.solera.platform.api.access.KeyAdmin;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.api.access.Users;
import org.solera.platform.api.audit.Audit;

/** The services behind the resources of people. Thread-safe. */
@Component(service = UserServices.class)
public final class UserServices {
    private final ServiceGate<Users> users = new ServiceGate<>("The list of users");
    private final ServiceGate<Sessions> sessions = new ServiceGate<>("The sign-in");
    private final ServiceGate<Tokens> tokens = new ServiceGate<>("The check of tokens");
    private final ServiceGate<KeyAdmin> keys = new ServiceGate<>("The list of access keys");
    private final ServiceGate<Audit> audit = new ServiceGate<>("The audit");
    private final Map<IdentityProvider, ServiceRank> providers = new ConcurrentHashMap<>();

    @Activate
    public UserServices() {}

    /** A call of a service. */
    interface Call<S, R> {
        R on(S service) throws SoleraException;
    }

    private static <S, R> R call(ServiceGate<S> gate, Call<S, R> call) throws SoleraException {
        try (ServiceGate.Use<S> use = gate.enter()) {
            return call.on(use.service());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SoleraException(
                    PlatformError.DRAINING, "The request was interrupted.", "Try again in a moment.", interrupted);
        }
    }

    <R> R users(Call<Users, R> call) throws SoleraException {
        return call(users, call);
    }

    <R> R sessions(Call<Sessions, R> call) throws SoleraException {
        return call(sessions, call);
    }

    <R> R tokens(Call<Tokens, R> call) throws SoleraException {
        return call(tokens, call);
    }

    <R> R keys(Call<KeyAdmin, R> call) throws SoleraException {
        return call(keys, call);
    }

    /** {@return the audit; empty when there is none at the moment} */
    Optional<Audit> audit() {
        return audit.peek();
    }

    /** {@return the ways to sign in elsewhere, by title; the best version of each} */
    List<IdentityProvider> providers() {
        Map<String, Map.Entry<IdentityProvider, ServiceRank>> best = new ConcurrentHashMap<>();
        providers
                .entrySet()
                .forEach(each -> best.merge(
                        each.getKey().id(),
                        each,
                        (one, other) -> one.getValue().compareTo(other.getValue()) >= 0 ? one : other));
        return best.values().stream()
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(IdentityProvider::title))
                .toList();
    }

    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    void bindUsers(Users service, Map<String, Object> properties) {
        users.bind(service, properties);
    }

    void unbindUsers(Users service) {
        users.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    void bindSessions(Sessions service, Map<String, Object> properties) {
        sessions.bind(service, properties);
    }

    void unbindSessions(Sessions service) {
        sessions.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    void bindTokens(Tokens service, Map<String, Object> properties) {
        tokens.bind(service, properties);
    }

    void unbindTokens(Tokens service) {
        tokens.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    void bindKeys(KeyAdmin service, Map<String, Object> properties) {
        keys.bind(service, properties);
    }

    void unbindKeys(KeyAdmin service) {
        keys.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service, Map<String, Object> properties) {
        audit.bind(service, properties);
    }

    void unbindAudit(Audit service) {
        audit.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindProvider(IdentityProvider service, Map<String, Object> properties) {
        providers.put(service, ServiceRank.of(properties));
    }

    void unbindProvider(IdentityProvider service) {
        providers.remove(service);
    }
}
