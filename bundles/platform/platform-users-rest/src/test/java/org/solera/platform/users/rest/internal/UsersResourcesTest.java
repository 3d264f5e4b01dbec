// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.users.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.core.SecurityContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.access.Sessions;
import org.solera.platform.api.access.ThrottledException;
import org.solera.platform.api.access.User;
import org.solera.platform.api.access.Users;
import org.solera.platform.api.rest.Page;
import org.solera.platform.api.rest.RestError;
import org.solera.platform.users.rest.internal.Credentials.NewTokenDto;
import org.solera.platform.users.rest.internal.MeResource.NewPasswordDto;
import org.solera.platform.users.rest.internal.PeopleResource.UserDto;
import org.solera.platform.users.rest.internal.PeopleResource.UserEditDto;

class UsersResourcesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final UserServices services = new UserServices();
    private final Credentials credentials = new Credentials(services, Clock.fixed(NOW, ZoneOffset.UTC));
    private final PeopleResource people = new PeopleResource(services);
    private final MeResource me = new MeResource(services, credentials);
    private final List<User> users = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    void services() {
        users.add(user("anna", "Anna B.", User.LOCAL, "team", Grant.everywhere(Role.OWNER)));
        users.add(user("ben", "Ben C.", "ldap", "team", Grant.parse("OPERATOR@bucket:photos")));
        users.add(user("cleo", "Cleo D.", User.LOCAL, "other", Grant.everywhere(Role.VIEWER)));
        services.bindUsers(fake(Users.class, this::users), Map.of());
        services.bindSessions(fake(Sessions.class, this::sessions), Map.of());
    }

    private static User user(String name, String shown, String source, String group, Grant grant) {
        return new User(
                name,
                shown,
                name + "@box.test",
                source,
                true,
                Set.of(group),
                Set.of(grant),
                false,
                false,
                NOW,
                null,
                3);
    }

    private Object users(String method, Object[] arguments) throws SoleraException {
        return switch (method) {
            case "provesPassword" -> proves(new String((char[]) arguments[1]));
            case "users" -> List.copyOf(users);
            case "user" ->
                users.stream().filter(each -> each.name().equals(arguments[0])).findFirst();
            case "effectiveGrants" -> arguments[0].equals("cleo") ? Set.of(Grant.everywhere(Role.ENGINEER)) : Set.of();
            case "setPassword" -> calls.add(arguments[0] + " keeps " + arguments[3]);
            case "update" -> arguments[0];
            default -> calls.add(method);
        };
    }

    private Object sessions(String method, Object[] arguments) {
        return switch (method) {
            case "of" ->
                List.of(new Session(
                        "s1", Identity.of("anna", Role.OWNER), "csrf-1", "127.0.0.1", "test", NOW, NOW, false));
            case "end" -> arguments[1].equals("s1");
            default -> calls.add(method);
        };
    }

    private static boolean proves(String password) throws SoleraException {
        if (password.equals("busy")) {
            throw new ThrottledException(9);
        }
        return password.equals("right");
    }

    private interface Answer {
        Object to(String method, Object[] arguments) throws SoleraException;
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = answer.to(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }

    private static SecurityContext as(String name, Caller.Means means) {
        Caller caller = new Caller(Identity.of(name, Role.OWNER), means, "s1", "127.0.0.1");
        return fake(SecurityContext.class, (method, arguments) -> caller);
    }

    private static SoleraException refused(Executable call) {
        return assertThrows(SoleraException.class, call);
    }

    private List<String> names(String text, String group, String role) throws SoleraException {
        return people.people(text, group, role, 100, null).items().stream()
                .map(UserDto::name)
                .toList();
    }

    @Test
    void peopleAreFoundByTextGroupAndRole() throws SoleraException {
        assertEquals(List.of("anna", "ben", "cleo"), names(null, null, null));
        assertEquals(List.of("ben"), names(" BEN c", null, null));
        assertEquals(List.of("cleo"), names("cleo@", "", ""));
        assertEquals(List.of("anna", "ben"), names(null, "team", null));
        assertEquals(List.of("ben"), names(null, null, "OPERATOR"));
        assertEquals(List.of("cleo"), names(null, null, "ENGINEER"), "a role of a group counts");
        assertEquals(
                PlatformError.INVALID_REQUEST,
                refused(() -> names(null, null, "KING")).code());
        Page<UserDto> first = people.people(null, null, null, 2, null);
        assertEquals(
                List.of("cleo"),
                people.people(null, null, null, 2, first.next()).items().stream()
                        .map(UserDto::name)
                        .toList());
    }

    @Test
    void anEditOfAnotherVersionIsRefusedBeforeItIsTried() {
        UserEditDto edit = new UserEditDto("", "", true, List.of(), List.of());
        assertEquals(
                RestError.PRECONDITION_FAILED,
                refused(() -> people.updatePerson("ben", "\"2\"", edit)).code());
        assertEquals(
                PlatformError.NOT_FOUND,
                refused(() -> people.updatePerson("dora", "\"2\"", edit)).code());
        assertEquals(
                PlatformError.CONFLICT,
                refused(() -> people.deletePerson("anna", "*", as("anna", Caller.Means.SESSION)))
                        .code(),
                "nobody deletes themselves");
        assertEquals(List.of(), calls);
    }

    @Test
    void aNewPasswordNeedsThePresentOneAndKeepsTheSession() throws SoleraException {
        SecurityContext anna = as("anna", Caller.Means.SESSION);
        assertEquals(
                PlatformError.FORBIDDEN,
                refused(() -> me.changePassword(new NewPasswordDto("wrong", "new"), anna))
                        .code());
        assertTrue(
                refused(() -> me.changePassword(new NewPasswordDto("busy", "new"), anna))
                        instanceof ThrottledException);
        assertEquals(
                PlatformError.INVALID_REQUEST,
                refused(() -> me.changePassword(new NewPasswordDto("right", "right"), anna))
                        .code());
        assertEquals(List.of(), calls);
        me.changePassword(new NewPasswordDto("right", "new"), anna);
        assertEquals(List.of("anna keeps s1"), calls);
        assertEquals(
                PlatformError.CONFLICT,
                refused(() -> me.changePassword(new NewPasswordDto("right", "new"), as("ben", Caller.Means.SESSION)))
                        .code(),
                "a directory keeps it");
    }

    @Test
    void aTokenChangesNothingOfWhatItsUserSignsInWith() {
        SecurityContext token = as("anna", Caller.Means.TOKEN);
        List<Executable> changes = List.of(
                () -> me.changePassword(new NewPasswordDto("right", "new"), token),
                () -> me.beginSecondFactor(token),
                () -> me.endMySession("s1", token),
                () -> me.createMyToken(new NewTokenDto("t", null, false, NOW.plusSeconds(9)), token),
                () -> me.revokeMyToken("t", token),
                () -> me.deleteMyKey("k", token));
        changes.forEach(
                each -> assertEquals(PlatformError.FORBIDDEN, refused(each).code()));
        assertEquals(List.of(), calls);
    }

    @Test
    void nobodyGoesRoundTheProofsByBeingOneOfThePeople() {
        PeopleCredentialsResource others = new PeopleCredentialsResource(services, credentials);
        SecurityContext anna = as("anna", Caller.Means.SESSION);
        SecurityContext token = as("anna", Caller.Means.TOKEN);
        for (Executable each : List.<Executable>of(
                () -> people.setPassword("anna", new PeopleResource.SetPasswordDto("new", false), anna),
                () -> people.removeSecondFactorOf("anna", anna))) {
            assertEquals(PlatformError.CONFLICT, refused(each).code(), "without the present password");
        }
        for (Executable each : List.<Executable>of(
                () -> others.createTokenFor("anna", new NewTokenDto("t", null, false, NOW.plusSeconds(9)), token),
                () -> others.createKeyFor("anna", new Credentials.NewKeyDto("t", null, null), token),
                () -> others.endSessionOf("anna", "s1", token),
                () -> others.revokeTokenOf("anna", "t", token),
                () -> others.deleteKeyOf("anna", "k", token))) {
            assertEquals(PlatformError.FORBIDDEN, refused(each).code(), "a token makes itself no other");
        }
        assertEquals(List.of(), calls);
    }

    @Test
    void sessionsAreListedWithoutWhatOpensThem() throws SoleraException {
        var sessions = credentials.sessions("anna", "s1");
        assertTrue(sessions.items().get(0).current());
        assertFalse(sessions.toString().contains("csrf-1"));
        assertEquals(
                PlatformError.NOT_FOUND,
                refused(() -> credentials.endSession("anna", "s2")).code());
    }

    @Test
    void whatIsAskedForIsCheckedBeforeItIsMade() {
        for (NewTokenDto wrong : List.of(
                new NewTokenDto(" ", null, false, NOW.plusSeconds(9)),
                new NewTokenDto("t".repeat(129), null, false, NOW.plusSeconds(9)),
                new NewTokenDto("t", null, false, NOW),
                new NewTokenDto("t", List.of("KING"), false, NOW.plusSeconds(9)),
                new NewTokenDto("t", List.of("OPERATOR@moon:x"), false, NOW.plusSeconds(9)))) {
            assertEquals(
                    PlatformError.INVALID_REQUEST,
                    refused(() -> credentials.createToken("anna", wrong)).code(),
                    wrong.toString());
        }
    }

    @Test
    void thePermissionsNameEveryDomainForEveryRole() {
        var table = new PermissionsResource().permissions();
        assertEquals(Role.values().length, table.roles().size());
        Map<String, String> viewer = table.roles().stream()
                .filter(each -> each.role() == Role.VIEWER)
                .findFirst()
                .orElseThrow()
                .domains();
        assertEquals("read", viewer.get("storage"));
        assertEquals("none", viewer.get("users"));
        assertEquals(table.domains().size(), viewer.size());
        assertEquals(
                "change",
                Grants.permissions(new Identity("x", Set.of(Grant.parse("OPERATOR@bucket:photos"))))
                        .get("storage"));
        assertTrue(Arrays.asList(Role.values()).contains(table.roles().get(0).role()));
    }
}
