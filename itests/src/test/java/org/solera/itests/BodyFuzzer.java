// SPDX-License-Identifier: Apache-2.0
package org.solera.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes bodies that are nearly what a schema of the API asks for, and some that are nothing at all. Repeatable by its seed. */
final class BodyFuzzer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEPTH = 6;
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "OWNER",
            "OPERATOR@bucket:photos",
            "*",
            "../../etc/passwd",
            "%2e%2e%2f",
            "a\r\nSet-Cookie: x=1",
            "\u0000",
            "\ud83d\ude00",
            "\ud800",
            "<script>alert(1)</script>",
            "' OR 1=1 --",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}",
            "-1",
            "9999999999999999999999",
            "2026-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59.999999999Z",
            "PT-1S",
            "null",
            "x".repeat(300),
            "长".repeat(5_000));

    private final Random random;
    private final JsonNode schemas;

    BodyFuzzer(long seed, JsonNode document) {
        this.random = new Random(seed);
        this.schemas = document.at("/components/schemas");
    }

    /** {@return a body, JSON or not} */
    String body(JsonNode schema) throws IOException {
        String text = JSON.writeValueAsString(value(schema, 0));
        return switch (random.nextInt(20)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> text + text;
            case 2 -> "[".repeat(2_000);
            case 3 -> "{\"a\":".repeat(1_500);
            case 4 -> noise();
            default -> text;
        };
    }

    /** {@return a text that nobody would type} */
    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private String noise() {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(200); i > 0; i--) {
            noise.append((char) random.nextInt(0x2ff));
        }
        return noise.toString();
    }

    private Object value(JsonNode given, int depth) {
        JsonNode schema = given;
        if (schema.has("$ref")) {
            schema = schemas.get(schema.get("$ref").asText().substring("#/components/schemas/".length()));
        } else if (schema.has("allOf")) {
            return value(schema.get("allOf").get(0), depth);
        }
        if (depth > DEPTH || random.nextInt(8) == 0) {
            return anything(depth);
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> number();
            case "number" -> random.nextGaussian() * 1e6;
            case "boolean" -> random.nextBoolean();
            case "string" -> text(schema);
            default -> anything(depth);
        };
    }

    private Map<String, Object> object(JsonNode schema, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        schema.path("properties").fields().forEachRemaining(each -> {
            if (random.nextInt(10) > 0) {
                object.put(each.getKey(), value(each.getValue(), depth + 1));
            }
        });
        if (random.nextInt(10) == 0 || schema.has("additionalProperties")) {
            object.put(text(schema), value(schema.path("additionalProperties"), depth + 1));
        }
        return object;
    }

    private List<Object> array(JsonNode schema, int depth) {
        List<Object> array = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(schema.path("items"), depth + 1));
        }
        return array;
    }

    private Object number() {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> -1;
            case 3 -> 1.5;
            case 4 -> Double.MAX_VALUE;
            default -> random.nextInt(1_000);
        };
    }

    private String text(JsonNode schema) {
        JsonNode values = schema.path("enum");
        if (values.size() > 0 && random.nextInt(3) > 0) {
            return values.get(random.nextInt(values.size())).asText();
        }
        return text();
    }

    private Object anything(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> Collections.singletonList(null);
            case 1 -> number();
            case 2 -> random.nextBoolean();
            case 3 -> depth > DEPTH ? 1 : Map.of("a", anything(depth + 1));
            case 4 -> depth > DEPTH ? 2 : List.of(anything(depth + 1), anything(depth + 1));
            default -> text();
        };
    }
}
