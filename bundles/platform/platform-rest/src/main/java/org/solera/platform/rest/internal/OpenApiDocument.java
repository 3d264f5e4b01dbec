// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.FormParam;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.QueryParam;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * Describes resource methods as OpenAPI 3.0 from their annotations: paths, methods, parameters, roles and the one form of
 * failures. Bodies are named as JSON without a schema.
 */
final class OpenApiDocument {
    /** The pattern within a template: {@code {name: regular expression}}. */
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\s*([^:}\\s]+)\\s*(:[^}]*)?}");

    private final Map<String, Map<String, Object>> paths = new TreeMap<>();

    /** Adds the resources of one domain. */
    void add(String domain, Iterable<?> resources) {
        for (Object resource : resources) {
            Class<?> type = resource.getClass();
            Path root = type.getAnnotation(Path.class);
            if (root == null) {
                continue;
            }
            for (Method method : type.getMethods()) {
                String verb = verb(method);
                if (verb != null) {
                    String path = path("/api/v1/" + domain, root, method.getAnnotation(Path.class));
                    paths.computeIfAbsent(path, absent -> new TreeMap<>())
                            .put(verb.toLowerCase(Locale.ROOT), operation(domain, type, method, verb));
                }
            }
        }
    }

    private static @Nullable String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value)
                .findFirst()
                .orElse(null);
    }

    private static String path(String base, Path root, @Nullable Path own) {
        String path = base + "/" + root.value() + "/" + (own == null ? "" : own.value());
        String plain = TEMPLATE.matcher(path).replaceAll("{$1}").replaceAll("/+", "/");
        return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static Map<String, Object> operation(String domain, Class<?> type, Method method, String verb) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", domain + "." + method.getName());
        operation.put("tags", List.of(domain));
        if (AccessRules.isPublic(method, type)) {
            operation.put("security", List.of());
        } else {
            operation.put("security", List.of(Map.of("basic", List.of())));
            operation.put("x-roles", AccessRules.roles(method, type, verb));
        }
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            describe(parameter, parameters, operation);
        }
        operation.put("parameters", parameters);
        operation.put(
                "responses",
                Map.of(
                        "2XX", Map.of("description", "Done"),
                        "default",
                                Map.of(
                                        "description",
                                        "A failure, with its cause and the next action",
                                        "content",
                                        Map.of(
                                                Problem.MEDIA_TYPE,
                                                Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))))));
        return operation;
    }

    private static void describe(
            Parameter parameter, List<Map<String, Object>> parameters, Map<String, Object> operation) {
        PathParam inPath = parameter.getAnnotation(PathParam.class);
        QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
        HeaderParam inHeader = parameter.getAnnotation(HeaderParam.class);
        if (inPath != null) {
            parameters.add(parameter("path", inPath.value(), true, parameter));
        } else if (inQuery != null) {
            parameters.add(parameter("query", inQuery.value(), false, parameter));
        } else if (inHeader != null) {
            parameters.add(parameter("header", inHeader.value(), false, parameter));
        } else if (!isOfTheServer(parameter)) {
            operation.put("requestBody", Map.of("content", Map.of("application/json", Map.of())));
        }
    }

    private static boolean isOfTheServer(Parameter parameter) {
        return Arrays.stream(parameter.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type == Context.class || type == Suspended.class || type == FormParam.class);
    }

    private static Map<String, Object> parameter(String in, String name, boolean required, Parameter parameter) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type(parameter.getType()));
        DefaultValue otherwise = parameter.getAnnotation(DefaultValue.class);
        if (otherwise != null) {
            schema.put("default", otherwise.value());
        }
        return Map.of("in", in, "name", name, "required", required, "schema", schema);
    }

    private static String type(Class<?> type) {
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "integer";
        }
        return type == boolean.class || type == Boolean.class ? "boolean" : "string";
    }

    /** {@return the whole document} */
    Map<String, Object> document(String version) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.0.3");
        document.put("info", Map.of("title", "Solera", "version", version));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "securitySchemes",
                        Map.of("basic", Map.of("type", "http", "scheme", "basic")),
                        "schemas",
                        Map.of("Problem", problem())));
        return document;
    }

    private static Map<String, Object> problem() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (var component : Problem.class.getRecordComponents()) {
            properties.put(component.getName(), Map.of("type", type(component.getType())));
        }
        return Map.of("type", "object", "properties", properties);
    }
}
