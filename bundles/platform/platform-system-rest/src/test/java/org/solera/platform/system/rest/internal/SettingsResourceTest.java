// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import javax.ws.rs.ext.RuntimeDelegate;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.rest.RestError;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.api.settings.SettingsSection;

class SettingsResourceTest {
    private static final SecurityContext OWNER = holding("OWNER");
    private static final SecurityContext ENGINEER = holding("ENGINEER");

    private final ServiceGate<Settings> gate = new ServiceGate<>("The keeper of settings");
    private final SettingsResource resource = new SettingsResource(gate);
    private final Kept kept = new Kept();

    private static SecurityContext holding(String role) {
        return (SecurityContext) Proxy.newProxyInstance(
                SettingsResourceTest.class.getClassLoader(),
                new Class<?>[] {SecurityContext.class},
                (proxy, method, arguments) -> method.getName().equals("isUserInRole") && role.equals(arguments[0]));
    }

    @BeforeAll
    static void runtime() {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    }

    @BeforeEach
    void bind() {
        gate.bind(kept, Map.of());
    }

    private static final class Kept implements Settings {
        private final List<String> updates = new ArrayList<>();
        private boolean raced;
        private boolean ofOwners;

        private State state() {
            SettingsSection section = new SettingsSection() {
                @Override
                public String id() {
                    return "time";
                }

                @Override
                public boolean ofOwners() {
                    return ofOwners;
                }

                @Override
                public String title() {
                    return "Time";
                }

                @Override
                public String titleZh() {
                    return "时间";
                }

                @Override
                public String pid() {
                    return "solera.time";
                }

                @Override
                public List<SettingField> fields() {
                    return List.of(new SettingField(
                            "zone", SettingField.Type.TEXT, "Zone", "时区", "", "", "UTC", 1, 9, List.of()));
                }
            };
            return new State(section, Map.of("zone", "UTC"), List.of(), "v" + updates.size());
        }

        @Override
        public List<State> sections() {
            return List.of(state());
        }

        @Override
        public Optional<State> section(String id) {
            return id.equals("time") ? Optional.of(state()) : Optional.empty();
        }

        @Override
        public State update(String id, Map<String, ?> values, String version) throws SoleraException {
            if (raced) {
                throw new SoleraException(PlatformError.CONFLICT, "Somebody else.", "", null);
            }
            updates.add(values.toString());
            return state();
        }

        @Override
        public String test(String id, Map<String, ?> values) {
            return "Tried " + values;
        }
    }

    private static Object code(Executable call) {
        return assertThrows(SoleraException.class, call).code();
    }

    private static SettingsResource.ValuesDto zone(String zone) {
        return new SettingsResource.ValuesDto(Map.of("zone", zone));
    }

    @Test
    void givesTheVersionAndSparesTheBodyOfOneThatIsKnown() throws SoleraException {
        assertEquals("\"v0\"", resource.get("time", null).getHeaderString("ETag"));
        assertEquals(304, resource.get("time", "\"v0\"").getStatus());
        assertEquals(200, resource.get("time", "\"v1\"").getStatus());
        assertEquals(PlatformError.NOT_FOUND, code(() -> resource.get("none", null)));
        assertEquals("text", resource.list().items().get(0).fields().get(0).type());
    }

    @Test
    void takesAnEditOfTheCurrentVersionOnly() throws SoleraException {
        assertEquals(RestError.PRECONDITION_REQUIRED, code(() -> resource.put("time", null, zone("A"), ENGINEER)));
        assertEquals(RestError.PRECONDITION_FAILED, code(() -> resource.put("time", "\"v7\"", zone("A"), ENGINEER)));
        assertEquals(List.of(), kept.updates);
        Response answer = resource.put("time", "\"v0\"", zone("A"), ENGINEER);
        assertEquals("\"v1\"", answer.getHeaderString("ETag"));
        assertEquals(List.of("{zone=A}"), kept.updates);
        kept.raced = true;
        assertEquals(RestError.PRECONDITION_FAILED, code(() -> resource.put("time", "\"v1\"", zone("B"), ENGINEER)));
    }

    @Test
    void settingsThatDecideWhoComesInAreOfOwnersAlone() throws SoleraException {
        kept.ofOwners = true;
        assertEquals(PlatformError.FORBIDDEN, code(() -> resource.put("time", "\"v0\"", zone("A"), ENGINEER)));
        assertEquals(PlatformError.FORBIDDEN, code(() -> resource.test("time", zone("A"), ENGINEER)));
        assertEquals(List.of(), kept.updates);
        assertEquals(200, resource.put("time", "\"v0\"", zone("A"), OWNER).getStatus());
        assertEquals("Tried {zone=A}", resource.test("time", zone("A"), OWNER).message());
        kept.ofOwners = false;
        assertEquals(
                "Tried {zone=B}", resource.test("time", zone("B"), ENGINEER).message());
    }

    @Test
    void refusesAnEmptyBody() {
        assertEquals(PlatformError.INVALID_REQUEST, code(() -> resource.put("time", "\"v0\"", null, ENGINEER)));
        assertEquals(
                PlatformError.INVALID_REQUEST,
                code(() -> resource.test("time", new SettingsResource.ValuesDto(null), ENGINEER)));
    }
}
