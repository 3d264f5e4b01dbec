// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.solera.platform.api.Scope;

/**
 * Marks a REST method that those may call too who hold a grant for one bucket or hub only. The permission of the domain is
 * asked for the scope that the path parameter names; without a parameter, a grant anywhere is enough and the method
 * filters what it answers by the caller's {@link Caller}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ScopedTo {
    /** What the path parameter names. */
    Scope.Kind value();

    /** Name of the path parameter; empty for lists. */
    String param() default "";
}
