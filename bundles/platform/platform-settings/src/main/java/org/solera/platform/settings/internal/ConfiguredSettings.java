// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.settings.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.secrets.Sealer;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingField.Type;
import org.solera.platform.api.settings.Settings;
import org.solera.platform.api.settings.SettingsSection;

/**
 * Settings in Configuration Admin. The keys that were set by hand stand in the property {@value #BY_HAND} of the
 * configuration, so that whoever writes defaults leaves them alone. Secrets are sealed for {@code <pid>.<key>}.
 *
 * <p><b>Thread-safety:</b> thread-safe; changes run one at a time. <b>Source of truth:</b> Configuration Admin.
 */
@Component(service = Settings.class)
public final class ConfiguredSettings implements Settings {
    /** Names the keys that were set by hand; nobody else may change them. */
    static final String BY_HAND = "solera.set.by.hand";

    private static final Logger log = LoggerFactory.getLogger(ConfiguredSettings.class);

    private final ConfigurationFiles files;
    private final Sections sections = new Sections();
    private final ServiceGate<Sealer> sealers = new ServiceGate<>("The keeper of secrets");
    private final ReentrantLock change = new ReentrantLock();

    @Activate
    public ConfiguredSettings(BundleContext context, @Reference ConfigurationAdmin admin) {
        this(new ConfigurationFiles(admin, folder(context.getProperty("felix.cm.dir"))));
    }

    ConfiguredSettings(ConfigurationFiles files) {
        this.files = files;
    }

    static @Nullable Path folder(@Nullable String property) {
        return property == null || property.isBlank() ? null : Path.of(property.trim());
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSection(SettingsSection section, Map<String, ?> properties) {
        sections.add(section, properties);
    }

    void unbindSection(SettingsSection section) {
        sections.remove(section);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSealer(Sealer sealer, Map<String, ?> properties) {
        sealers.bind(sealer, properties);
    }

    void unbindSealer(Sealer sealer) {
        if (!sealers.unbind(sealer)) {
            log.warn("A keeper of secrets left while it was used.");
        }
    }

    @Override
    public List<State> sections() {
        List<State> states = new ArrayList<>();
        for (SettingsSection section : sections.all()) {
            try {
                states.add(state(section));
            } catch (SoleraException unreadable) {
                log.warn("The settings {} cannot be read now.", section.id(), unreadable);
            }
        }
        return List.copyOf(states);
    }

    @Override
    public Optional<State> section(String id) {
        Optional<SettingsSection> section = sections.find(id);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(state(section.get()));
        } catch (SoleraException unreadable) {
            log.warn("The settings {} cannot be read now.", id, unreadable);
            return Optional.empty();
        }
    }

    private State state(SettingsSection section) throws SoleraException {
        SortedMap<String, Object> stored = files.read(section.pid());
        Map<String, Object> values = new LinkedHashMap<>();
        for (SettingField field : section.fields()) {
            Object value = value(field, stored);
            values.put(field.key(), field.type() == Type.SECRET ? masked(value) : value);
        }
        return new State(section, values, List.copyOf(byHand(section, stored)), SettingsVersion.of(stored));
    }

    private static Object value(SettingField field, Map<String, Object> stored) {
        Object set = FieldCheck.stored(field, stored.get(field.key()));
        return set == null ? FieldCheck.otherwise(field) : set;
    }

    private static String masked(Object secret) {
        return secret.equals("") ? "" : Edit.MASK;
    }

    private static Set<String> byHand(SettingsSection section, Map<String, Object> stored) {
        Set<String> keys = new TreeSet<>();
        if (stored.get(BY_HAND) instanceof Object[] marked) {
            for (SettingField field : section.fields()) {
                if (List.of(marked).contains(field.key()) && stored.containsKey(field.key())) {
                    keys.add(field.key());
                }
            }
        }
        return keys;
    }

    @Override
    public State update(String id, Map<String, ?> values, String version) throws SoleraException {
        SettingsSection section = require(id);
        change.lock();
        try {
            SortedMap<String, Object> stored = files.read(section.pid());
            if (!SettingsVersion.of(stored).equals(version)) {
                throw new SoleraException(
                        PlatformError.CONFLICT,
                        "Somebody else has changed these settings.",
                        "Read them again and repeat the change.",
                        null);
            }
            Edit edit = Edit.of(section, values);
            section.check(effective(section, stored, edit));
            Set<String> hand = byHand(section, stored);
            for (SettingField field : section.fields()) {
                String key = field.key();
                Object value = edit.set().get(key);
                if (value != null) {
                    stored.put(key, field.type() == Type.SECRET ? seal(section, field, value) : FieldCheck.kept(value));
                    hand.add(key);
                } else if (edit.reset().contains(key)) {
                    stored.remove(key);
                    hand.remove(key);
                }
            }
            stored.put(BY_HAND, hand.toArray(String[]::new));
            files.write(section.pid(), stored);
            return state(section);
        } finally {
            change.unlock();
        }
    }

    private SettingsSection require(String id) throws SoleraException {
        return sections.find(id)
                .orElseThrow(() -> new SoleraException(
                        PlatformError.NOT_FOUND,
                        "There are no settings %s.".formatted(id),
                        "Look at the list of settings.",
                        null));
    }

    /** {@return all values as they would be, secrets in the clear} */
    private Map<String, Object> effective(SettingsSection section, Map<String, Object> stored, Edit edit)
            throws SoleraException {
        Map<String, Object> effective = new LinkedHashMap<>();
        for (SettingField field : section.fields()) {
            String key = field.key();
            Object value = edit.set().get(key);
            if (value == null && edit.reset().contains(key)) {
                value = FieldCheck.otherwise(field);
            }
            if (value == null) {
                value = value(field, stored);
                if (field.type() == Type.SECRET) {
                    value = open(section, field, String.valueOf(value));
                }
            }
            effective.put(key, value);
        }
        return effective;
    }

    private static String purpose(SettingsSection section, SettingField field) {
        return section.pid() + "." + field.key();
    }

    private String seal(SettingsSection section, SettingField field, Object secret) throws SoleraException {
        byte[] clear = String.valueOf(secret).getBytes(StandardCharsets.UTF_8);
        try (ServiceGate.Use<Sealer> use = sealers.enter()) {
            return use.service().seal(purpose(section, field), clear);
        } catch (InterruptedException interrupted) {
            throw stopped(interrupted);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private String open(SettingsSection section, SettingField field, String stored) throws SoleraException {
        if (!stored.startsWith(Sealer.PREFIX)) {
            return stored; // written into the file by hand
        }
        try (ServiceGate.Use<Sealer> use = sealers.enter()) {
            return new String(use.service().unseal(purpose(section, field), stored), StandardCharsets.UTF_8);
        } catch (InterruptedException interrupted) {
            throw stopped(interrupted);
        }
    }

    private static SoleraException stopped(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new SoleraException(
                PlatformError.DRAINING, "The change was interrupted.", "Try again in a moment.", interrupted);
    }

    @Override
    public String test(String id, Map<String, ?> values) throws SoleraException {
        SettingsSection section = require(id);
        if (!section.testable()) {
            throw new SoleraException(
                    PlatformError.CONFLICT,
                    "The settings %s cannot be tried.".formatted(id),
                    "Store them and look at the health.",
                    null);
        }
        Edit edit = Edit.of(section, values);
        Map<String, Object> effective = effective(section, files.read(section.pid()), edit);
        section.check(effective);
        return section.test(effective);
    }
}
