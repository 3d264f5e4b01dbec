// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.solera.platform.api.Role;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;
import org.solera.platform.api.access.Session;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;

/**
 * Describes resource methods as OpenAPI 3.0 from their annotations and types: paths, parameters, bodies, answers, who may
 * call, and the one form of failures. Confined to one thread.
 */
final class OpenApiDocument {
    private static final List<Object> READING =
            List.of(Map.of("basic", List.of()), Map.of("bearer", List.of()), Map.of("cookie", List.of()));
    private static final List<Object> CHANGING = List.of(
            Map.of("basic", List.of()),
            Map.of("bearer", List.of()),
            new TreeMap<>(Map.of("cookie", List.of(), "csrf", List.of())));

    private record Operation(String path, String verb, Class<?> type, Method method) {}

    private final Schemas schemas = new Schemas();
    private final Map<String, Map<String, Object>> paths = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final Set<String> ids = new HashSet<>();

    /** Adds the resources of one domain; what an earlier call described at the same addresses is replaced. */
    void add(String domain, Iterable<?> resources) {
        List<Operation> operations = new ArrayList<>();
        for (Object resource : resources) {
            Class<?> type = resource.getClass();
            Path root = type.getAnnotation(Path.class);
            if (root == null) {
                continue;
            }
            Described described = type.getAnnotation(Described.class);
            tags.merge(domain, described == null ? "" : described.value(), OpenApiDocument::both);
            for (Method method : type.getMethods()) {
                String verb = OperationParts.verb(method);
                if (verb != null) {
                    String path = OperationParts.path(domain, root, method.getAnnotation(Path.class));
                    operations.add(new Operation(path, verb, type, method));
                }
            }
        }
        operations.stream()
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::verb))
                .forEach(each -> paths.computeIfAbsent(each.path(), absent -> new TreeMap<>())
                        .put(each.verb().toLowerCase(Locale.ROOT), describe(domain, each)));
    }

    private static String both(String one, String other) {
        return one.contains(other) ? one : other.contains(one) ? other : one + " " + other;
    }

    private Map<String, Object> describe(String domain, Operation operation) {
        Method method = operation.method();
        AccessRules rule = AccessRules.of(method, operation.type(), operation.verb(), domain);
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("operationId", id(domain, operation));
        described.put("tags", List.of(domain));
        Described sentence = method.getAnnotation(Described.class);
        described.put("summary", sentence == null ? OperationParts.words(method.getName()) : sentence.value());
        if (rule.isPublic()) {
            described.put("security", List.of());
        } else {
            described.put("security", AccessRules.READING.contains(operation.verb()) ? READING : CHANGING);
            described.put("x-roles", rule.roleNames());
        }
        if (rule.scoped() != null) {
            described.put("x-scope", rule.scoped().value().name().toLowerCase(Locale.ROOT));
        }
        List<Map<String, Object>> parameters = new ArrayList<>();
        Parameter[] all = method.getParameters();
        for (int i = 0; i < all.length; i++) {
            if (OperationParts.isBody(all[i])) {
                described.put("requestBody", body(domain, operation, i));
            } else {
                addParameter(domain, all[i], parameters);
            }
        }
        if (operation.verb().equals("POST") && !RequestRules.readsStream(method)) {
            parameters.add(parameter("header", Repeats.KEY, false, Map.of("type", "string", "maxLength", 128)));
        }
        described.put("parameters", parameters);
        described.put("responses", answers(domain, operation));
        return described;
    }

    private String id(String domain, Operation operation) {
        String usual = domain + "." + operation.method().getName();
        String id = ids.contains(usual)
                ? domain + "." + operation.type().getSimpleName() + "."
                        + operation.method().getName()
                : usual;
        String free = id;
        for (int i = 2; !ids.add(free); i++) {
            free = id + i;
        }
        return free;
    }

    private Map<String, Object> body(String domain, Operation operation, int index) {
        Type type = operation.method().getGenericParameterTypes()[index];
        Consumes consumes = operation.method().getAnnotation(Consumes.class);
        String otherwise = Schemas.isBinary(type) ? MediaType.APPLICATION_OCTET_STREAM : MediaType.APPLICATION_JSON;
        String media = consumes == null ? otherwise : consumes.value()[0];
        return Map.of(
                "required",
                !schemas.nullness().isNullable(operation.method(), index),
                "content",
                Map.of(media, Map.of("schema", schemas.of(domain, type))));
    }

    private Map<String, Object> answers(String domain, Operation operation) {
        Map<String, Object> answers = new LinkedHashMap<>();
        Method method = operation.method();
        Answers told = method.getAnnotation(Answers.class);
        Type type = method.getGenericReturnType();
        String status = "200";
        Map<String, Object> schema;
        if (told != null) {
            status = Integer.toString(told.status());
            type = told.value();
        } else if (type == void.class) {
            status = "204";
        } else if (type == Response.class) {
            status = "2XX";
        }
        if (type == void.class || type == Void.class || type == Response.class) {
            answers.put(status, Map.of("description", "Done"));
        } else {
            schema = schemas.of(domain, type);
            if (told != null && told.page()) {
                schema = page(schema);
            }
            answers.put(
                    status,
                    Map.of("description", "Done", "content", Map.of(media(operation, type), Map.of("schema", schema))));
        }
        answers.put(
                "default",
                Map.of(
                        "description",
                        "A failure, with its cause and the next action",
                        "content",
                        Map.of(Problem.MEDIA_TYPE, Map.of("schema", schemas.of("platform", Problem.class)))));
        return answers;
    }

    private static Map<String, Object> page(Map<String, Object> item) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("items", Map.of("type", "array", "items", item, "maxItems", Page.MOST));
        properties.put("next", Map.of("type", "string", "nullable", true));
        return Map.of("type", "object", "required", List.of("items"), "properties", properties);
    }

    private static String media(Operation operation, Type type) {
        Produces produces = operation.method().getAnnotation(Produces.class);
        if (produces == null) {
            produces = operation.type().getAnnotation(Produces.class);
        }
        String otherwise = Schemas.isBinary(type) ? MediaType.APPLICATION_OCTET_STREAM : MediaType.APPLICATION_JSON;
        return produces == null ? otherwise : produces.value()[0];
    }

    private void addParameter(String domain, Parameter parameter, List<Map<String, Object>> parameters) {
        PathParam inPath = parameter.getAnnotation(PathParam.class);
        QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
        HeaderParam inHeader = parameter.getAnnotation(HeaderParam.class);
        Map<String, Object> schema = new LinkedHashMap<>(schemas.of(domain, parameter.getParameterizedType()));
        if (schema.isEmpty() || "object".equals(schema.get("type")) || schema.containsKey("$ref")) {
            schema = new LinkedHashMap<>(Map.of("type", "string")); // types that are made of a text
        }
        DefaultValue otherwise = parameter.getAnnotation(DefaultValue.class);
        if (otherwise != null) {
            schema.put("default", value(otherwise.value(), Objects.toString(schema.get("type"))));
        }
        if (inPath != null) {
            parameters.add(parameter("path", inPath.value(), true, schema));
        } else if (inQuery != null) {
            parameters.add(parameter("query", inQuery.value(), false, schema));
        } else if (inHeader != null && !isOfTransport(inHeader.value())) {
            boolean condition = inHeader.value().equalsIgnoreCase("If-Match");
            parameters.add(parameter("header", inHeader.value(), condition, schema));
        }
    }

    /** {@return whether a header is set by the port or by browsers, not by those who write programs} */
    private static boolean isOfTransport(String header) {
        return Forwarding.isOurs(header) || header.equalsIgnoreCase("User-Agent");
    }

    private static Object value(String text, String type) {
        return switch (type) {
            case "integer" -> Long.valueOf(text);
            case "boolean" -> Boolean.valueOf(text);
            default -> text;
        };
    }

    private static Map<String, Object> parameter(String in, String name, boolean required, Map<String, ?> schema) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("in", in);
        parameter.put("name", name);
        parameter.put("required", required);
        parameter.put("schema", schema);
        return parameter;
    }

    /** The stream of events is no method of a module. */
    private void describeEvents() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("operationId", "system.events");
        described.put("tags", List.of("system"));
        described.put("summary", "What changes, as server-sent events; the event 'lost' asks to load everything anew.");
        described.put("security", READING);
        described.put(
                "x-roles",
                Arrays.stream(Role.values())
                        .filter(role -> Permissions.allows(role, Domain.SYSTEM, Action.READ))
                        .map(Role::name)
                        .sorted()
                        .toList());
        Map<String, Object> text = Map.of("type", "string");
        described.put(
                "parameters",
                List.of(parameter("query", "topics", false, text), parameter("header", "Last-Event-ID", false, text)));
        described.put(
                "responses",
                Map.of(
                        "200",
                        Map.of(
                                "description",
                                "The stream",
                                "content",
                                Map.of("text/event-stream", Map.of("schema", text)))));
        paths.put(EventsHandler.PATH, Map.of("get", described));
    }

    /** {@return the whole document} */
    Map<String, Object> document(String version) {
        describeEvents();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.0.3");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Solera",
                        "version",
                        version,
                        "description",
                        "Everything that the console and the shell can do. Changes are recorded in the audit."));
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("tags", tags());
        document.put("paths", paths);
        document.put("components", Map.of("securitySchemes", securitySchemes(), "schemas", schemas.components()));
        return document;
    }

    private List<Map<String, Object>> tags() {
        List<Map<String, Object>> all = new ArrayList<>();
        tags.forEach((name, description) -> {
            Map<String, Object> tag = new LinkedHashMap<>();
            tag.put("name", name);
            if (!description.isEmpty()) {
                tag.put("description", description);
            }
            all.add(tag);
        });
        return all;
    }

    private static Map<String, Object> securitySchemes() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("basic", scheme("type", "http", "scheme", "basic"));
        all.put("bearer", scheme("type", "http", "scheme", "bearer", "description", "A token of a user."));
        all.put("cookie", scheme("type", "apiKey", "in", "cookie", "name", Session.COOKIE));
        all.put("csrf", scheme("type", "apiKey", "in", "header", "name", Session.CSRF_HEADER));
        return all;
    }

    private static Map<String, String> scheme(String... pairs) {
        Map<String, String> scheme = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            scheme.put(pairs[i], pairs[i + 1]);
        }
        return scheme;
    }
}
