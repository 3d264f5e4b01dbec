// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is installed: the content of the record. Its text is a configuration of the container's features service, so that
 * the container can boot from a copy of it. Immutable.
 *
 * @param repositories addresses of feature repositories, in order
 * @param stages features in the order in which they are installed at boot; each stage after the one before
 * @param reasons why a feature is installed, by {@code name/version}; one without is part of the product
 * @param settings all other settings of the features service, by key
 */
record InstalledRecord(
        List<String> repositories,
        List<List<FeatureId>> stages,
        Map<String, String> reasons,
        Map<String, String> settings) {
    /** The reason of a feature that came with the product. */
    static final String PRODUCT = "product";

    private static final String REPOSITORIES = "featuresRepositories";
    private static final String BOOT = "featuresBoot";
    private static final Pattern REASON = Pattern.compile("^# reason (\\S+) = (.*)$");
    private static final Pattern STAGE = Pattern.compile("\\(([^)]*)\\)|[^(),]+");

    InstalledRecord {
        repositories = List.copyOf(repositories);
        stages = stages.stream()
                .filter(stage -> !stage.isEmpty())
                .map(List::copyOf)
                .toList();
        reasons = Map.copyOf(reasons);
        settings = Map.copyOf(settings);
    }

    /** {@return the record that this text holds} */
    static InstalledRecord parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException("Reading from memory failed.", impossible);
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            Matcher reason = REASON.matcher(line);
            if (reason.matches()) {
                reasons.put(reason.group(1), reason.group(2));
            }
        });
        Map<String, String> settings = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (!key.equals(REPOSITORIES) && !key.equals(BOOT)) {
                settings.put(key, properties.getProperty(key));
            }
        }
        return new InstalledRecord(
                split(properties.getProperty(REPOSITORIES, "")),
                stages(properties.getProperty(BOOT, "")),
                reasons,
                settings);
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static List<List<FeatureId>> stages(String boot) {
        List<List<FeatureId>> stages = new ArrayList<>();
        List<FeatureId> last = new ArrayList<>();
        Matcher part = STAGE.matcher(boot);
        while (part.find()) {
            if (part.group(1) != null) {
                stages.add(split(part.group(1)).stream().map(FeatureId::of).toList());
            } else if (!part.group().isBlank()) {
                last.add(FeatureId.of(part.group()));
            }
        }
        stages.add(last);
        return stages;
    }

    /** {@return the text of this record; {@link #parse} reads it back} */
    String text() {
        StringBuilder text = new StringBuilder("""
                # What is installed, in which version and why. This file is the record: the appliance boots from it, and a
                # deleted bundle cache loses nothing. The upgrade system writes it; changes by hand are lost.
                """);
        new TreeMap<>(reasons)
                .forEach((feature, reason) -> text.append("# reason ")
                        .append(feature)
                        .append(" = ")
                        .append(reason.replaceAll("\\s+", " "))
                        .append('\n'));
        list(text, REPOSITORIES, repositories);
        List<String> boot = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            List<String> stage = stages.get(i).stream().map(FeatureId::toString).toList();
            if (i < stages.size() - 1) {
                boot.add("(" + String.join(", ", stage) + ")");
            } else {
                boot.addAll(stage);
            }
        }
        list(text, BOOT, boot);
        new TreeMap<>(settings)
                .forEach((key, value) -> text.append(key)
                        .append(" = ")
                        .append(value.replace("\\", "\\\\").replace("\n", "\\n"))
                        .append('\n'));
        return text.toString();
    }

    private static void list(StringBuilder text, String key, List<String> values) {
        text.append(key).append(" = ").append(String.join(", \\\n    ", values)).append('\n');
    }

    /** {@return all features, in order} */
    List<FeatureId> features() {
        return stages.stream().flatMap(List::stream).toList();
    }

    /** {@return the feature with this name} */
    Optional<FeatureId> find(String name) {
        return features().stream()
                .filter(feature -> feature.name().equals(name))
                .findFirst();
    }

    /** {@return why the feature is installed} */
    String reason(FeatureId feature) {
        return reasons.getOrDefault(feature.toString(), PRODUCT);
    }

    /** {@return this record with one feature in the place of another} */
    InstalledRecord with(FeatureId old, FeatureId replacement, String reason) {
        List<List<FeatureId>> changed = stages.stream()
                .map(stage -> stage.stream()
                        .map(each -> each.equals(old) ? replacement : each)
                        .toList())
                .toList();
        return new InstalledRecord(repositories, changed, reasons(old, replacement, reason), settings);
    }

    /** {@return this record with one more feature, last} */
    InstalledRecord with(FeatureId added, String reason) {
        List<List<FeatureId>> changed = new ArrayList<>(stages);
        List<FeatureId> last =
                changed.isEmpty() ? new ArrayList<>() : new ArrayList<>(changed.remove(changed.size() - 1));
        last.add(added);
        changed.add(last);
        return new InstalledRecord(repositories, changed, reasons(added, added, reason), settings);
    }

    /** {@return this record without a feature} */
    InstalledRecord without(FeatureId gone) {
        List<List<FeatureId>> changed = stages.stream()
                .map(stage -> stage.stream().filter(each -> !each.equals(gone)).toList())
                .toList();
        Map<String, String> kept = new LinkedHashMap<>(reasons);
        kept.remove(gone.toString());
        return new InstalledRecord(repositories, changed, kept, settings);
    }

    private Map<String, String> reasons(FeatureId old, FeatureId now, String reason) {
        Map<String, String> changed = new LinkedHashMap<>(reasons);
        changed.remove(old.toString());
        changed.put(now.toString(), reason);
        return changed;
    }

    /** {@return this record with one more repository, unless it is there} */
    InstalledRecord withRepository(String address) {
        return repositories.contains(address)
                ? this
                : repositories(list -> {
                    list.add(address);
                    return list;
                });
    }

    /** {@return this record without a repository} */
    InstalledRecord withoutRepository(String address) {
        return repositories(list -> {
            list.remove(address);
            return list;
        });
    }

    private InstalledRecord repositories(UnaryOperator<List<String>> change) {
        return new InstalledRecord(change.apply(new ArrayList<>(repositories)), stages, reasons, settings);
    }
}
