// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.Severity;

/** The rules with what people changed about them; a change is kept in Configuration Admin. Immutable. */
@Component(service = RuleBook.class, configurationPid = RuleBook.PID)
@Designate(ocd = RulesConfig.class)
public final class RuleBook {
    static final String PID = "solera.platform.notices.rules";
    static final long LONGEST_SECONDS = Duration.ofDays(30).toSeconds();

    private static final Logger log = LoggerFactory.getLogger(RuleBook.class);
    private static final String CHANGES = "changes";

    private final ConfigurationAdmin admin;
    private final List<RuleSpec> specs;

    @Activate
    public RuleBook(@Reference ConfigurationAdmin admin, RulesConfig config) {
        this(admin, List.of(config.changes()));
    }

    RuleBook(ConfigurationAdmin admin, List<String> changes) {
        this.admin = admin;
        this.specs = apply(DefaultRules.all(), changes);
    }

    /** {@return all rules, in their order} */
    List<RuleSpec> specs() {
        return specs;
    }

    /** {@return the rules with the changes; a change that cannot be read is left out and told} */
    static List<RuleSpec> apply(List<RuleSpec> defaults, List<String> changes) {
        List<RuleSpec> specs = new ArrayList<>(defaults);
        for (String change : changes) {
            try {
                String[] words = change.trim().split("\\s+");
                int index = indexOf(specs, words[0]);
                RuleSpec changed = specs.get(index)
                        .with(
                                finite(Double.parseDouble(words[1])),
                                Duration.ofSeconds(Math.min(LONGEST_SECONDS, Math.max(0, Long.parseLong(words[2])))),
                                Severity.valueOf(words[3]),
                                Boolean.parseBoolean(words[4]));
                specs.set(index, changed);
            } catch (IllegalArgumentException | IndexOutOfBoundsException odd) {
                log.warn("The change '{}' in {} is not understood and left out.", change, PID, odd);
            }
        }
        return List.copyOf(specs);
    }

    private static double finite(double threshold) {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("A threshold is a finite number.");
        }
        return threshold;
    }

    private static int indexOf(List<RuleSpec> specs, String id) {
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i).rule().id().equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("There is no rule " + id + ".");
    }

    /**
     * Keeps a change.
     *
     * @return all rules after it
     */
    List<RuleSpec> change(String id, double threshold, long lastingSeconds, Severity severity, boolean enabled)
            throws SoleraException {
        if (DefaultRules.all().stream().noneMatch(spec -> spec.rule().id().equals(id))) {
            throw new SoleraException(
                    PlatformError.NOT_FOUND, "There is no rule of this name.", "Look at the list of rules.", null);
        }
        if (!Double.isFinite(threshold) || lastingSeconds < 0 || lastingSeconds > LONGEST_SECONDS) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The threshold is no number, or the rule has to hold for longer than 30 days.",
                    "Give a finite threshold and 0 to " + LONGEST_SECONDS + " seconds.",
                    null);
        }
        try {
            Configuration configuration = admin.getConfiguration(PID, "?");
            Dictionary<String, Object> properties = configuration.getProperties();
            if (properties == null) {
                properties = new Hashtable<>();
            }
            List<String> changes = new ArrayList<>();
            if (properties.get(CHANGES) instanceof String[] before) {
                changes.addAll(List.of(before));
            }
            changes.removeIf(change -> change.trim().split("\\s+")[0].equals(id));
            changes.add(id + ' ' + threshold + ' ' + lastingSeconds + ' ' + severity + ' ' + enabled);
            properties.put(CHANGES, changes.toArray(String[]::new));
            configuration.update(properties);
            return apply(DefaultRules.all(), changes);
        } catch (IOException failure) {
            throw new SoleraException(
                    PlatformError.INTERNAL,
                    "The rule could not be stored: " + failure.getMessage(),
                    "Check the free space of the data folder; the old rule stays in force.",
                    failure);
        }
    }
}
