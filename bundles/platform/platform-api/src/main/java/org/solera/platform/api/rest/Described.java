// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One sentence for the description of the API: about a resource class or one of its methods. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Described {
    /** The sentence. */
    String value();
}
