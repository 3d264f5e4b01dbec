// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says for the description of the API what a REST method answers, where its return type does not. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Answers {
    /** Type of the body; {@code Void} for none. */
    Class<?> value() default Void.class;

    /** Whether the body is a {@link Page} of that type. */
    boolean page() default false;

    /** HTTP status of success. */
    int status() default 200;
}
