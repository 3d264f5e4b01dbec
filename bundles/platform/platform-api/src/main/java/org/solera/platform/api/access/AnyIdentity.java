// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a REST method that everybody who is logged in may call, whatever the roles: what concerns the caller alone. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AnyIdentity {}
