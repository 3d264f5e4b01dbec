// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a REST method whose change is recorded below it, or that changes nothing though it is no {@code GET}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AuditsItself {}
