// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a REST method that edits: without the header {@code If-Match} the request is refused with
 * {@link RestError#PRECONDITION_REQUIRED}. The method reads the header and compares it by {@link EditVersion}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Conditional {}
