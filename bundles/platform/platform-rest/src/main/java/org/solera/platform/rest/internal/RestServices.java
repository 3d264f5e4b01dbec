// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.api.access.Users;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.operations.Replies;

/** The services that requests of every module need. All but the login may be absent. Thread-safe. */
@Component(service = RestServices.class)
public final class RestServices {
    private final ServiceGate<Authenticator> authenticators = new ServiceGate<>("The login");
    private final ServiceGate<Sessions> sessions = new ServiceGate<>("The sign-in");
    private final ServiceGate<Tokens> tokens = new ServiceGate<>("The check of tokens");
    private final ServiceGate<Users> users = new ServiceGate<>("The list of users");
    private final ServiceGate<Audit> audit = new ServiceGate<>("The audit");
    private final ServiceGate<Replies> replies = new ServiceGate<>("The memory of answers");

    @Activate
    public RestServices() {}

    ServiceGate<Authenticator> authenticators() {
        return authenticators;
    }

    ServiceGate<Sessions> sessions() {
        return sessions;
    }

    ServiceGate<Tokens> tokens() {
        return tokens;
    }

    ServiceGate<Users> users() {
        return users;
    }

    ServiceGate<Audit> audit() {
        return audit;
    }

    ServiceGate<Replies> replies() {
        return replies;
    }

    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    void bindAuthenticator(Authenticator service, Map<String, Object> properties) {
        authenticators.bind(service, properties);
    }

    void unbindAuthenticator(Authenticator service) {
        authenticators.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSessions(Sessions service, Map<String, Object> properties) {
        sessions.bind(service, properties);
    }

    void unbindSessions(Sessions service) {
        sessions.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTokens(Tokens service, Map<String, Object> properties) {
        tokens.bind(service, properties);
    }

    void unbindTokens(Tokens service) {
        tokens.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindUsers(Users service, Map<String, Object> properties) {
        users.bind(service, properties);
    }

    void unbindUsers(Users service) {
        users.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAudit(Audit service, Map<String, Object> properties) {
        audit.bind(service, properties);
    }

    void unbindAudit(Audit service) {
        audit.unbind(service);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindReplies(Replies service, Map<String, Object> properties) {
        replies.bind(service, properties);
    }

    void unbindReplies(Replies service) {
        replies.unbind(service);
    }
}
