// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which database the rows of the control plane are in. */
@ObjectClassDefinition(name = "Database", description = "The database of the control plane.")
public @interface PersistenceConfig {
    /** {@return address of a PostgreSQL database; empty for the embedded one} */
    @AttributeDefinition(
            name = "Address",
            description = "jdbc:postgresql://host:port/name; empty for the database that is built in.",
            required = false)
    String url() default "";

    /** {@return login name} */
    @AttributeDefinition(name = "User", description = "Login name on a PostgreSQL server.", required = false)
    String user() default "";

    /** {@return password, sealed} */
    @AttributeDefinition(
            name = "Password",
            description = "Password on a PostgreSQL server, sealed.",
            type = AttributeType.PASSWORD,
            required = false)
    String password() default "";

    /** {@return connections at most} */
    @AttributeDefinition(name = "Connections", description = "Calls at the same time.", min = "2", max = "64")
    int poolSize() default 8;
}
