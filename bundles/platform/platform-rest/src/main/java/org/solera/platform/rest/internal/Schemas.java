// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.InputStream;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.ws.rs.core.StreamingOutput;

/** Describes Java types as schemas of OpenAPI 3.0; records become named components. Confined to one thread. */
final class Schemas {
    private static final Map<Class<?>, Map<String, Object>> PLAIN = Map.ofEntries(
            Map.entry(boolean.class, Map.of("type", "boolean")),
            Map.entry(Boolean.class, Map.of("type", "boolean")),
            Map.entry(int.class, Map.of("type", "integer", "format", "int32")),
            Map.entry(Integer.class, Map.of("type", "integer", "format", "int32")),
            Map.entry(short.class, Map.of("type", "integer", "format", "int32")),
            Map.entry(long.class, Map.of("type", "integer", "format", "int64")),
            Map.entry(Long.class, Map.of("type", "integer", "format", "int64")),
            Map.entry(OptionalLong.class, Map.of("type", "integer", "format", "int64", "nullable", true)),
            Map.entry(float.class, Map.of("type", "number", "format", "float")),
            Map.entry(double.class, Map.of("type", "number", "format", "double")),
            Map.entry(Double.class, Map.of("type", "number", "format", "double")),
            Map.entry(String.class, Map.of("type", "string")),
            Map.entry(char[].class, Map.of("type", "string", "format", "password")),
            Map.entry(byte[].class, Map.of("type", "string", "format", "byte")),
            Map.entry(Instant.class, Map.of("type", "string", "format", "date-time")),
            Map.entry(LocalDate.class, Map.of("type", "string", "format", "date")),
            Map.entry(Duration.class, Map.of("type", "string", "format", "duration", "example", "PT1M30S")),
            Map.entry(URI.class, Map.of("type", "string", "format", "uri")),
            Map.entry(UUID.class, Map.of("type", "string", "format", "uuid")),
            Map.entry(InputStream.class, Map.of("type", "string", "format", "binary")),
            Map.entry(StreamingOutput.class, Map.of("type", "string", "format", "binary")));

    private final Nullness nullness = new Nullness();
    private final Map<String, Object> components = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>(); // of components, by class and arguments

    /** {@return the named schemas so far} */
    Map<String, Object> components() {
        return components;
    }

    Nullness nullness() {
        return nullness;
    }

    /** {@return whether values of this type are bytes and not JSON} */
    static boolean isBinary(Type type) {
        return type == InputStream.class || type == StreamingOutput.class || type == byte[].class;
    }

    /**
     * {@return the schema of a type}
     *
     * @param domain goes in front of the name of a component when another domain has one of that name
     */
    Map<String, Object> of(String domain, Type type) {
        return of(domain, type, Map.of());
    }

    private Map<String, Object> of(String domain, Type type, Map<TypeVariable<?>, Type> bound) {
        if (type instanceof TypeVariable<?> variable) {
            return of(domain, bound.getOrDefault(variable, Object.class), Map.of());
        }
        if (type instanceof WildcardType wildcard) {
            return of(domain, wildcard.getUpperBounds()[0], bound);
        }
        if (type instanceof GenericArrayType array) {
            return Map.of("type", "array", "items", of(domain, array.getGenericComponentType(), bound));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            List<Type> arguments = new ArrayList<>();
            for (Type argument : generic.getActualTypeArguments()) {
                arguments.add(argument instanceof TypeVariable<?> v ? bound.getOrDefault(v, Object.class) : argument);
            }
            return ofClass(domain, raw, arguments);
        }
        return type instanceof Class<?> raw ? ofClass(domain, raw, List.of()) : Map.of();
    }

    private Map<String, Object> ofClass(String domain, Class<?> type, List<Type> arguments) {
        Map<String, Object> plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        if (type == Optional.class) {
            return nullable(of(domain, first(arguments)));
        }
        if (type.isEnum()) {
            return Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        }
        if (type.isArray()) {
            return Map.of("type", "array", "items", of(domain, type.getComponentType()));
        }
        if (Collection.class.isAssignableFrom(type)) {
            Map<String, Object> array = new LinkedHashMap<>();
            array.put("type", "array");
            array.put("items", of(domain, first(arguments)));
            if (Set.class.isAssignableFrom(type)) {
                array.put("uniqueItems", true);
            }
            return array;
        }
        if (Map.class.isAssignableFrom(type)) {
            return Map.of(
                    "type",
                    "object",
                    "additionalProperties",
                    arguments.size() == 2 ? of(domain, arguments.get(1)) : Map.of());
        }
        if (type.isRecord()) {
            return Map.of("$ref", "#/components/schemas/" + component(domain, type, arguments));
        }
        return type == Object.class ? Map.of() : Map.of("type", "object");
    }

    private static Type first(List<Type> arguments) {
        return arguments.isEmpty() ? Object.class : arguments.get(0);
    }

    private String component(String domain, Class<?> type, List<Type> arguments) {
        String key = type.getName() + arguments;
        String known = names.get(key);
        if (known != null) {
            return known;
        }
        StringBuilder plain = new StringBuilder(simple(type));
        for (Type argument : arguments) {
            plain.append("Of").append(argument instanceof Class<?> raw ? simple(raw) : "Things");
        }
        String name = plain.toString();
        if (components.containsKey(name)) {
            name = domain.substring(0, 1).toUpperCase(Locale.ROOT) + domain.substring(1) + name;
        }
        String free = name;
        for (int i = 2; components.containsKey(free); i++) {
            free = name + i;
        }
        names.put(key, free);
        components.put(free, Map.of()); // a type that holds itself finds its name
        components.put(free, object(domain, type, arguments));
        return free;
    }

    private static String simple(Class<?> type) {
        String name = type.getSimpleName().replace("[]", "s");
        return name.endsWith("Dto") && name.length() > 3 ? name.substring(0, name.length() - 3) : name;
    }

    private Map<String, Object> object(String domain, Class<?> type, List<Type> arguments) {
        Map<TypeVariable<?>, Type> bound = new HashMap<>();
        TypeVariable<?>[] variables = type.getTypeParameters();
        for (int i = 0; i < variables.length && i < arguments.size(); i++) {
            bound.put(variables[i], arguments.get(i));
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent each : type.getRecordComponents()) {
            Map<String, Object> schema = of(domain, each.getGenericType(), bound);
            boolean mayBeNull = nullness.isNullable(type, each.getName(), each.getType());
            properties.put(each.getName(), mayBeNull ? nullable(schema) : schema);
            if (!mayBeNull) {
                required.add(each.getName());
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        object.put("properties", properties);
        return object;
    }

    private static Map<String, Object> nullable(Map<String, Object> schema) {
        Map<String, Object> marked = new LinkedHashMap<>();
        if (schema.containsKey("$ref")) {
            marked.put("allOf", List.of(schema)); // beside a reference nothing else counts
        } else {
            marked.putAll(schema);
        }
        marked.put("nullable", true);
        return marked;
    }
}
