// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import javax.ws.rs.BeanParam;
import javax.ws.rs.CookieParam;
import javax.ws.rs.FormParam;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.MatrixParam;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.QueryParam;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

/** Reads the annotations of resource methods. */
final class OperationParts {
    /** The pattern within a template: {@code {name: regular expression}}. */
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\s*([^:}\\s]+)\\s*(:[^}]*)?}");

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private static final Set<Class<? extends Annotation>> NO_BODY = Set.of(
            PathParam.class,
            QueryParam.class,
            HeaderParam.class,
            CookieParam.class,
            MatrixParam.class,
            FormParam.class,
            BeanParam.class,
            Context.class,
            Suspended.class);

    private OperationParts() {}

    /** {@return the HTTP method that a method of a resource answers; null if it answers none} */
    static @Nullable String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value)
                .findFirst()
                .orElse(null);
    }

    /** {@return the address of a method, templates without their patterns} */
    static String path(String domain, Path root, @Nullable Path own) {
        String path = "/api/v1/" + domain + "/" + root.value() + "/" + (own == null ? "" : own.value());
        String plain = TEMPLATE.matcher(path).replaceAll("{$1}").replaceAll("/+", "/");
        return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** {@return whether a parameter takes the body of the request} */
    static boolean isBody(Parameter parameter) {
        return Arrays.stream(parameter.getAnnotations())
                .map(Annotation::annotationType)
                .noneMatch(NO_BODY::contains);
    }

    /** {@return the name of a method as words: {@code Create group} */
    static String words(String name) {
        String words = HUMP.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
