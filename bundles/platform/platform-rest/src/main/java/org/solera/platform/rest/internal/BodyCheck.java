// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.ext.Provider;
import javax.ws.rs.ext.ReaderInterceptor;
import javax.ws.rs.ext.ReaderInterceptorContext;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/**
 * Lets resources rely on the types of their bodies: what is not marked {@code @Nullable} is there. A body that cannot be
 * read is the fault of the client, whatever the reader throws. Thread-safe.
 */
@Provider
public final class BodyCheck implements ReaderInterceptor {
    private final Nullness nullness;

    BodyCheck(Nullness nullness) {
        this.nullness = nullness;
    }

    /** A body that lacks something. Unchecked, because interceptors of JAX-RS may throw nothing else. */
    static final class BodyException extends RuntimeException {
        private final transient SoleraException reason;

        BodyException(String detail, String nextAction, @Nullable Throwable cause) {
            super(detail, cause);
            this.reason = new SoleraException(PlatformError.INVALID_REQUEST, detail, nextAction, cause);
        }

        SoleraException reason() {
            return reason;
        }
    }

    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        Object body;
        try {
            body = context.proceed();
        } catch (JsonProcessingException | WebApplicationException told) {
            throw told;
        } catch (RuntimeException odd) {
            throw new BodyException("The body is not what is expected here.", "Correct it.", odd);
        }
        if (body == null) {
            if (!mayBeMissing(RequestFacts.method(context.getProperty(RequestFacts.methodProperty())))) {
                throw new BodyException("The request has no body.", "Send one, as application/json.", null);
            }
        } else if (!(body instanceof InputStream)) {
            check(body, "");
        }
        return body;
    }

    /** {@return whether the one parameter of the method that is its body may be null} */
    private boolean mayBeMissing(@Nullable Method method) {
        if (method == null) {
            return false;
        }
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (OperationParts.isBody(method.getParameters()[i])) {
                return nullness.isNullable(method, i);
            }
        }
        return true;
    }

    private void check(Object value, String path) {
        if (value instanceof Record record) {
            checkRecord(record, path);
        } else if (value instanceof Collection<?> several) {
            several.forEach(each -> checkElement(each, path + "[]"));
        } else if (value instanceof Map<?, ?> map && !path.isEmpty()) {
            map.values().stream().filter(Record.class::isInstance).forEach(each -> check(each, path + "{}"));
        }
    }

    private void checkElement(@Nullable Object element, String path) {
        if (element == null) {
            throw new BodyException("The body has nothing at %s.".formatted(path), "Leave it out or fill it in.", null);
        }
        check(element, path);
    }

    private void checkRecord(Record record, String path) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
            Object value = read(record, component);
            if (value != null) {
                check(value, name);
            } else if (!nullness.isNullable(record.getClass(), component.getName(), component.getType())) {
                throw new BodyException("The field %s of the body is missing.".formatted(name), "Fill it in.", null);
            }
        }
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // records of bodies are not public
            return accessor.invoke(record);
        } catch (ReflectiveOperationException unreadable) {
            Throwable cause = unreadable instanceof InvocationTargetException ? unreadable.getCause() : unreadable;
            throw new IllegalStateException("The component " + component.getName() + " cannot be read.", cause);
        }
    }
}
