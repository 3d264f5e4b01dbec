// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.binder.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Each document here is judged by the reader and by {@code profiles/schema.json}; the two must agree. */
class ProfileReaderTest {
    private static final String HEAD = "name: p\ndescription: {en: E, zh-CN: 中}\n";
    private static final String MATCH = "match: [{fact: architecture, is: x86_64}]\n";

    private static Profile read(String yaml) throws ProfileException {
        return ProfileReader.read("p.yaml", yaml.getBytes(StandardCharsets.UTF_8), false);
    }

    private static boolean schemaAccepts(String yaml) throws IOException {
        try (InputStream in = Files.newInputStream(Path.of("../profiles/schema.json"))) {
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
            Object document = new Yaml().load(yaml);
            JsonNode node = new ObjectMapper().valueToTree(document);
            return schema.validate(node).isEmpty();
        }
    }

    static Stream<String> good() {
        List<String> documents = new ArrayList<>();
        documents.add(HEAD + MATCH);
        documents.add(HEAD + MATCH + "capabilities: []\ntuning: {}\n");
        for (Fact fact : Fact.values()) {
            String match = HEAD + "match: [{fact: " + fact.key() + ", ";
            switch (fact.kind()) {
                case TEXT -> {
                    documents.add(match + "is: some text}]\n");
                    documents.add(match + "matches: 'a|b.*'}]\n");
                }
                case COUNT -> documents.add(match + "at-least: 4}]\n");
                case BYTES -> documents.add(match + "at-least: 16GiB}]\n");
                case VERSION -> documents.add(match + "at-least: '1.3'}]\n");
            }
        }
        documents.add(HEAD + MATCH + "capabilities: [{namespace: solera.role, attributes: {name: 'a;b', rank: -3}}]\n");
        documents.add(HEAD + MATCH + "tuning: {solera.media.image: {workers: 2, fast: true, list: [a, b], name: x}}\n");
        documents.add(HEAD + MATCH + "tuning: {solera.a: {big: 9223372036854775807}}\n");
        return documents.stream();
    }

    @ParameterizedTest
    @MethodSource("good")
    void readerAndSchemaAccept(String yaml) throws IOException, ProfileException {
        assertTrue(schemaAccepts(yaml), yaml);
        assertEquals("p", read(yaml).name());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("[]", "p.yaml: a mapping of keys"),
                Arguments.of(MATCH, "p.yaml: name: the key is missing."),
                Arguments.of(HEAD, "p.yaml: match: at least one condition is needed."),
                Arguments.of(HEAD + "match: []\n", "match: at least one condition"),
                Arguments.of(HEAD + "match: {fact: architecture}\n", "match: a list of at most 32 entries"),
                Arguments.of(HEAD + MATCH + "tunning: {}\n", "p.yaml: tunning: unknown key; known here: capabilities,"),
                Arguments.of("name: P\ndescription: {en: E, zh-CN: C}\n" + MATCH, "name: lower-case letters"),
                Arguments.of("name: 7\ndescription: {en: E, zh-CN: C}\n" + MATCH, "name: a text is expected; put 7"),
                Arguments.of("name: p\ndescription: {en: E}\n" + MATCH, "description.zh-CN: the key is missing."),
                Arguments.of("name: p\ndescription: {en: E, zh-CN: C, de: D}\n" + MATCH, "description.de: unknown key"),
                Arguments.of("name: p\ndescription: {en: '', zh-CN: C}\n" + MATCH, "description.en: 1 to 200"),
                Arguments.of(HEAD + "match: [{fact: color, is: red}]\n", "match[0].fact: unknown fact color."),
                Arguments.of(HEAD + "match: [{fact: architecture}]\n", "match[0].fact: either is or matches"),
                Arguments.of(HEAD + "match: [{fact: architecture, is: a, matches: b}]\n", "match[0].fact: either"),
                Arguments.of(HEAD + "match: [{fact: architecture, at-least: 1}]\n", "match[0].at-least: unknown key"),
                Arguments.of(HEAD + "match: [{fact: architecture, is: 86}]\n", "match[0].is: a text is expected"),
                Arguments.of(
                        HEAD + "match: [{fact: gpu.vulkan, at-least: 1.3}]\n", "at-least: a text is expected; put 1.3"),
                Arguments.of(
                        HEAD + "match: [{fact: gpu.vulkan, at-least: 'one'}]\n", "at-least: a version is expected"),
                Arguments.of(HEAD + "match: [{fact: gpu.vulkan, is: '1.3'}]\n", "match[0].is: unknown key"),
                Arguments.of(HEAD + "match: [{fact: cpu.cores, at-least: 0}]\n", "at-least: a whole number from 1"),
                Arguments.of(HEAD + "match: [{fact: cpu.cores, at-least: 2.5}]\n", "at-least: a whole number from 1"),
                Arguments.of(HEAD + "match: [{fact: memory, at-least: 16GB}]\n", "at-least: an amount in MiB, GiB"),
                Arguments.of(HEAD + "match: [{fact: memory, at-least: 16}]\n", "at-least: a text is expected"),
                Arguments.of(
                        HEAD + MATCH + "capabilities: [{namespace: solera.gpu, attributes: {vendor: nvidia}}]\n",
                        "capabilities[0].namespace: solera.gpu comes from facts alone."),
                Arguments.of(
                        HEAD + MATCH + "capabilities: [{namespace: osgi.ee, attributes: {a: b}}]\n",
                        "capabilities[0].namespace: it must begin with solera."),
                Arguments.of(
                        HEAD + MATCH + "capabilities: [{namespace: solera.role, attributes: {}}]\n",
                        "capabilities[0].attributes: 1 to 32 keys"),
                Arguments.of(
                        HEAD + MATCH + "capabilities: [{namespace: solera.role, attributes: {a: true}}]\n",
                        "capabilities[0].attributes.a: a text of 1 to 200"),
                Arguments.of(
                        HEAD + MATCH + "capabilities: [{namespace: solera.role, attributes: {'a;b': c}}]\n",
                        "capabilities[0].attributes.a;b: such a name"),
                Arguments.of(HEAD + MATCH + "tuning: {org.apache.x: {a: b}}\n", "tuning.org.apache.x: such a name"),
                Arguments.of(HEAD + MATCH + "tuning: {solera.a: {}}\n", "tuning.solera.a: 1 to 64 keys"),
                Arguments.of(HEAD + MATCH + "tuning: {solera.a: {b: 1.5}}\n", "tuning.solera.a.b: a text of 1 to 200"),
                Arguments.of(HEAD + MATCH + "tuning: {solera.a: {b: [1]}}\n", "tuning.solera.a.b: a list holds texts"),
                Arguments.of(HEAD + MATCH + "tuning: {solera.a: {b: []}}\n", "tuning.solera.a.b: a list holds 1 to 64"),
                Arguments.of(HEAD + MATCH + "tuning: {solera.a: {b: \"x\\ty\"}}\n", "tuning.solera.a.b: a text of"),
                Arguments.of(
                        HEAD + MATCH + "tuning: {solera.a: {b: 99999999999999999999}}\n",
                        "tuning.solera.a.b: the number is too large."),
                Arguments.of(HEAD + MATCH + "tuning: {solera.a: {b: }}\n", "tuning.solera.a.b: the value is missing."));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void readerAndSchemaRefuse(String yaml, String problem) throws IOException {
        ProfileException refused = assertThrows(ProfileException.class, () -> read(yaml));

        assertTrue(String.valueOf(refused.getMessage()).contains(problem), refused.getMessage());
        assertEquals(false, schemaAccepts(yaml), yaml);
    }

    static Stream<Arguments> dangerous() {
        return Stream.of(
                Arguments.of("a: [\n", "p.yaml: this is no YAML"),
                Arguments.of("name: p\nname: q\n", "this is no YAML: while constructing a mapping"),
                Arguments.of("--- a\n--- b\n", "this is no YAML"),
                Arguments.of("name: !!java.net.URL ['x']\n", "this is no YAML: Global tag is not allowed"),
                Arguments.of("a: &x [1]\nb: [*x, *x]\n", "this is no YAML: Number of aliases"),
                Arguments.of("a: " + "[".repeat(50) + "]".repeat(50), "this is no YAML: Nesting Depth exceeded"),
                Arguments.of("? [a]\n: b\n", "is no text; quote it."),
                Arguments.of("# " + "x".repeat(70_000), "p.yaml: the file is larger than 64 KiB."),
                Arguments.of("", "name: the key is missing."),
                Arguments.of(
                        HEAD + "match: [{fact: architecture, matches: '('}]\n",
                        "match[0].matches: no regular expression: Unclosed group."));
    }

    @ParameterizedTest
    @MethodSource("dangerous")
    void readerRefusesWhatASchemaNeverSees(String yaml, String problem) {
        ProfileException refused = assertThrows(ProfileException.class, () -> read(yaml));

        assertTrue(String.valueOf(refused.getMessage()).contains(problem), refused.getMessage());
    }

    @Test
    void schemaAcceptsEveryShippedProfile() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../profiles"))) {
            List<Path> profiles =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertEquals(3, profiles.size());
            for (Path file : profiles) {
                assertTrue(schemaAccepts(Files.readString(file)), file.toString());
            }
        }
    }

    @Test
    void amountsAreReadInPowersOfTwo() throws ProfileException {
        assertEquals(
                Long.toString(16L << 30),
                read(HEAD + "match: [{fact: memory, at-least: 16GiB}]\n")
                        .match()
                        .get(0)
                        .operand());
    }
}
