// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.solera.platform.api.Authenticator;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.ThrottledException;
import org.solera.platform.api.access.Token;
import org.solera.platform.api.access.Tokens;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;
import org.solera.platform.api.audit.Audit;
import org.solera.platform.api.audit.AuditEvent;
import org.solera.platform.api.operations.Replies;

/**
 * People in memory. Passwords are {@code se:cret}; the session of somebody has the cookie {@code <name>-cookie} and the
 * CSRF value {@code <name>-csrf}, the token is {@code solera_<name>}, one that may only read {@code solera_<name>_read}.
 */
final class FakeServices {
    static final String PASSWORD = "se:cret";

    final RestServices services = new RestServices();
    final Map<String, Set<Grant>> people = new HashMap<>();
    final Set<String> mustChange = new HashSet<>();
    final Set<String> secondFactor = new HashSet<>();
    final Set<String> ended = new HashSet<>(); // secrets that are not in force any more
    final List<char[]> passwords = new ArrayList<>();
    final List<String> origins = new ArrayList<>();
    final List<String> audited = new CopyOnWriteArrayList<>();
    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    boolean auditFull;

    FakeServices() {
        people.put("olga", Set.of(Grant.everywhere(Role.OWNER)));
        people.put("otto", Set.of(Grant.everywhere(Role.OPERATOR)));
        people.put("eve", Set.of(Grant.everywhere(Role.ENGINEER)));
        people.put("lisa", Set.of(Grant.everywhere(Role.LICENSE_ADMIN)));
        people.put("vic", Set.of(Grant.everywhere(Role.VIEWER)));
        people.put("paul", Set.of(Grant.parse("OPERATOR@bucket:photos")));
        people.put("none", Set.of());
        services.bindAuthenticator(authenticator(), Map.of());
        services.bindSessions(sessions(), Map.of());
        services.bindTokens(tokens(), Map.of());
        services.bindUsers(users(), Map.of());
        services.bindAudit(audit(), Map.of());
        services.bindReplies(new FakeReplies(), Map.of());
    }

    static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("hashCode") && arguments == null) {
                        return System.identityHashCode(proxy);
                    }
                    return answer.to(method.getName(), arguments);
                }));
    }

    interface Answer {
        Object to(String method, Object[] arguments) throws Throwable;
    }

    private Authenticator authenticator() {
        return (name, password, origin) -> {
            passwords.add(password);
            origins.add(origin);
            if (name.equals("busy")) {
                throw new ThrottledException(7);
            }
            if (secondFactor.contains(name) || mustChange.contains(name)) {
                throw new SoleraException(PlatformError.UNAUTHENTICATED, "It opens nothing.", "Sign in.", null);
            }
            return Arrays.equals(password, PASSWORD.toCharArray()) && people.containsKey(name)
                    ? Optional.of(new Identity(name, people.get(name)))
                    : Optional.empty();
        };
    }

    Session session(String name) {
        return new Session(
                name + "-id",
                new Identity(name, people.get(name)),
                name + "-csrf",
                "127.0.0.1",
                "test",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(3_600),
                mustChange.contains(name));
    }

    private Sessions sessions() {
        return fake(Sessions.class, (method, arguments) -> switch (method) {
            case "find" -> {
                String secret = (String) arguments[0];
                String name = secret.replace("-cookie", "");
                yield secret.endsWith("-cookie") && people.containsKey(name) && !ended.contains(secret)
                        ? Optional.of(session(name))
                        : Optional.empty();
            }
            case "of" -> ended.contains(arguments[0] + "-cookie") ? List.of() : List.of(session((String) arguments[0]));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private Tokens tokens() {
        return fake(Tokens.class, (method, arguments) -> {
            String secret = (String) arguments[0];
            String name = secret.replace("solera_", "").replace("_read", "");
            if (!method.equals("find")) {
                throw new UnsupportedOperationException(method);
            }
            return secret.startsWith("solera_") && people.containsKey(name) && !ended.contains(secret)
                    ? Optional.of(new Tokens.Use(
                            new Token(
                                    "t-" + name,
                                    name,
                                    "test",
                                    Set.of(),
                                    secret.endsWith("_read"),
                                    Instant.EPOCH,
                                    Instant.MAX,
                                    null),
                            new Identity(name, people.get(name))))
                    : Optional.empty();
        });
    }

    private Users users() {
        return fake(Users.class, (method, arguments) -> {
            String name = arguments == null ? "" : (String) arguments[0];
            return switch (method) {
                case "user" ->
                    Optional.ofNullable(people.get(name))
                            .map(grants -> new User(
                                    name,
                                    "",
                                    "",
                                    User.LOCAL,
                                    true,
                                    Set.of(),
                                    grants,
                                    secondFactor.contains(name),
                                    mustChange.contains(name),
                                    Instant.EPOCH,
                                    null,
                                    1));
                case "effectiveGrants" -> people.getOrDefault(name, Set.of());
                default -> throw new UnsupportedOperationException(method);
            };
        });
    }

    private Audit audit() {
        return fake(Audit.class, (method, arguments) -> {
            AuditEvent event = arguments[0] instanceof AuditEvent given ? given : null;
            switch (method) {
                case "begin" -> {
                    if (auditFull) {
                        throw new SoleraException(PlatformError.BUSY, "The disk is full.", "Free space.", null);
                    }
                    events.add(event);
                    audited.add("begin " + event.who() + " " + event.action() + " " + event.target());
                    return entry();
                }
                case "refused" -> {
                    audited.add("refused " + event.who() + " " + event.action() + " " + arguments[1]);
                    return null;
                }
                default -> throw new UnsupportedOperationException(method + OutputStream.class);
            }
        });
    }

    private Audit.Entry entry() {
        return new Audit.Entry() {
            @Override
            public void done() {
                audited.add("done");
            }

            @Override
            public void failed(String code, String message) {
                audited.add("failed " + code);
            }

            @Override
            public void close() {
                audited.add("close");
            }
        };
    }

    /** Keeps answers for ever. */
    private static final class FakeReplies implements Replies {
        private final Map<String, String> fingerprints = new HashMap<>();
        private final Map<String, Reply> known = new HashMap<>();

        @Override
        public Claim claim(String who, String key, String fingerprint) throws SoleraException {
            String place = who + " " + key;
            String before = fingerprints.putIfAbsent(place, fingerprint);
            if (before == null) {
                return new Claim.Fresh() {
                    @Override
                    public void answered(Reply reply) {
                        known.put(place, reply);
                    }

                    @Override
                    public void close() {
                        if (!known.containsKey(place)) {
                            fingerprints.remove(place);
                        }
                    }
                };
            }
            if (!before.equals(fingerprint) || !known.containsKey(place)) {
                throw new SoleraException(PlatformError.CONFLICT, "The key was used.", "Use another.", null);
            }
            return new Claim.Known(known.get(place));
        }
    }
}
