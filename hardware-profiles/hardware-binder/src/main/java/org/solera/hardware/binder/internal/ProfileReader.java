// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.solera.hardware.binder.internal.Condition.Operator;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads profiles. Strict: what {@code profiles/schema.json} does not allow is refused here, with the file and the key.
 * Stateless.
 */
final class ProfileReader {
    /** The largest profile, in bytes. */
    static final int SIZE_LIMIT_BYTES = 64 * 1024;

    private static final int TEXT_LIMIT = 200; // characters
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern NAMESPACE = Pattern.compile("solera\\.[a-z][a-z0-9.-]{0,62}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-z0-9._-]{0,62}");
    private static final Pattern PID = Pattern.compile("(?=.{1,120}$)solera(\\.[a-z0-9]+)+");
    private static final Pattern SETTING = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,4}){0,2}");
    private static final Pattern CONTROL = Pattern.compile("[\\u0000-\\u001f\\u007f-\\u009f]");
    private static final Set<String> FROM_FACTS = Set.of("solera.box", "solera.gpu", "solera.entitlement");

    private ProfileReader() {}

    /**
     * Reads one profile.
     *
     * @param file name of the file, for failures
     * @param yaml what it holds
     * @param added whether it was added on this box
     */
    static Profile read(String file, byte[] yaml, boolean added) throws ProfileException {
        if (yaml.length > SIZE_LIMIT_BYTES) {
            throw new ProfileException(file, "", "the file is larger than 64 KiB.", null);
        }
        YamlKeys top = YamlKeys.of(file, "", parse(file, new String(yaml, StandardCharsets.UTF_8)));
        top.only(Set.of("name", "description", "match", "capabilities", "tuning"));
        String name = top.text("name", 63);
        if (!NAME.matcher(name).matches()) {
            throw top.failure("name", "lower-case letters, digits, - and _ are allowed.");
        }
        return new Profile(name, added, description(top), conditions(top), capabilities(top), tuning(top));
    }

    static Object parse(String file, String yaml) throws ProfileException {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setAllowRecursiveKeys(false);
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(10);
        limits.setCodePointLimit(SIZE_LIMIT_BYTES);
        try {
            Object content = new Yaml(new SafeConstructor(limits)).load(yaml);
            return content == null ? Map.of() : content;
        } catch (YAMLException failure) {
            String problem =
                    String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
            throw new ProfileException(file, "", "this is no YAML: " + problem, failure);
        }
    }

    private static Map<String, String> description(YamlKeys top) throws ProfileException {
        YamlKeys words = top.mapping("description");
        words.only(Set.of("en", "zh-CN"));
        return Map.of("en", words.text("en", TEXT_LIMIT), "zh-CN", words.text("zh-CN", TEXT_LIMIT));
    }

    private static List<Condition> conditions(YamlKeys top) throws ProfileException {
        List<Condition> conditions = new ArrayList<>();
        for (YamlKeys entry : top.mappings("match", 32)) {
            conditions.add(condition(entry));
        }
        if (conditions.isEmpty()) {
            throw top.failure("match", "at least one condition is needed.");
        }
        return conditions;
    }

    private static Condition condition(YamlKeys entry) throws ProfileException {
        String name = entry.text("fact", TEXT_LIMIT);
        Fact fact = Fact.named(name).orElseThrow(() -> entry.failure("fact", "unknown fact " + name + "."));
        if (fact.kind() != Fact.Kind.TEXT) {
            entry.only(Set.of("fact", "at-least"));
            return new Condition(fact, Operator.AT_LEAST, least(entry, fact));
        }
        entry.only(Set.of("fact", "is", "matches"));
        if (entry.has("is") == entry.has("matches")) {
            throw entry.failure("fact", "either is or matches must say what " + name + " has to be.");
        }
        if (entry.has("is")) {
            return new Condition(fact, Operator.IS, entry.text("is", TEXT_LIMIT));
        }
        return new Condition(fact, Operator.MATCHES, expression(entry));
    }

    private static String expression(YamlKeys entry) throws ProfileException {
        String expression = entry.text("matches", TEXT_LIMIT);
        try {
            return Pattern.compile(expression).pattern();
        } catch (PatternSyntaxException failure) {
            throw new ProfileException(
                    entry.file(),
                    entry.path() + ".matches",
                    "no regular expression: " + failure.getDescription() + ".",
                    failure);
        }
    }

    private static String least(YamlKeys entry, Fact fact) throws ProfileException {
        String key = Operator.AT_LEAST.key();
        if (fact.kind() == Fact.Kind.COUNT) {
            if (entry.value(key) instanceof Integer count && count >= 1 && count <= 65_536) {
                return count.toString();
            }
            throw entry.failure(key, "a whole number from 1 to 65536 is expected.");
        }
        String text = entry.text(key, TEXT_LIMIT);
        if (fact.kind() == Fact.Kind.BYTES) {
            return Long.toString(Amounts.parse(text)
                    .orElseThrow(() -> entry.failure(key, "an amount in MiB, GiB or TiB is expected, such as 16GiB.")));
        }
        if (!VERSION.matcher(text).matches()) {
            throw entry.failure(key, "a version is expected, such as \"1.3\".");
        }
        return text;
    }

    private static List<Profile.Extra> capabilities(YamlKeys top) throws ProfileException {
        List<Profile.Extra> capabilities = new ArrayList<>();
        for (YamlKeys entry : top.mappings("capabilities", 32)) {
            entry.only(Set.of("namespace", "attributes"));
            String namespace = entry.text("namespace", TEXT_LIMIT);
            if (!NAMESPACE.matcher(namespace).matches()) {
                throw entry.failure("namespace", "it must begin with solera. and use lower-case letters.");
            }
            if (FROM_FACTS.contains(namespace)) {
                throw entry.failure("namespace", namespace + " comes from facts alone.");
            }
            YamlKeys attributes = entry.mapping("attributes");
            attributes.keys(1, 32, ATTRIBUTE);
            Map<String, Object> values = new TreeMap<>();
            for (String key : attributes.values().keySet()) {
                values.put(key, scalar(attributes, key, false));
            }
            capabilities.add(new Profile.Extra(namespace, values));
        }
        return capabilities;
    }

    private static Map<String, Map<String, Object>> tuning(YamlKeys top) throws ProfileException {
        Map<String, Map<String, Object>> tuning = new TreeMap<>();
        if (!top.has("tuning")) {
            return tuning;
        }
        YamlKeys pids = top.mapping("tuning");
        pids.keys(0, 64, PID);
        for (String pid : pids.values().keySet()) {
            YamlKeys settings = pids.mapping(pid);
            settings.keys(1, 64, SETTING);
            Map<String, Object> values = new TreeMap<>();
            for (String key : settings.values().keySet()) {
                values.put(
                        key,
                        settings.value(key) instanceof List<?> list
                                ? texts(settings, key, list)
                                : scalar(settings, key, true));
            }
            tuning.put(pid, values);
        }
        return tuning;
    }

    private static List<String> texts(YamlKeys settings, String key, List<?> list) throws ProfileException {
        List<String> texts = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof String text) || !shortText(text)) {
                throw settings.failure(key, "a list holds texts of 1 to 200 printable characters; quote numbers.");
            }
            texts.add(text);
        }
        if (texts.isEmpty() || texts.size() > 64) {
            throw settings.failure(key, "a list holds 1 to 64 texts.");
        }
        return List.copyOf(texts);
    }

    private static Object scalar(YamlKeys keys, String key, boolean truth) throws ProfileException {
        Object value = keys.value(key);
        if (value instanceof String text && shortText(text)) {
            return text;
        }
        if (value instanceof Integer || value instanceof Long || (truth && value instanceof Boolean)) {
            return value;
        }
        if (value instanceof BigInteger) {
            throw keys.failure(key, "the number is too large.");
        }
        throw keys.failure(
                key,
                "a text of 1 to 200 printable characters%s or a whole number is expected; quote what looks like another."
                        .formatted(truth ? ", true, false" : ""));
    }

    private static boolean shortText(String text) {
        return !text.isEmpty()
                && text.codePointCount(0, text.length()) <= TEXT_LIMIT
                && !CONTROL.matcher(text).find();
    }
}
