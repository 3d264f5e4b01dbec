// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the sign-in by OpenID Connect. */
@ObjectClassDefinition(name = "OpenID Connect", description = "Signs people in at an OpenID provider.")
@interface OidcConfig {
    /** Where its values are kept. */
    String PID = "solera.platform.oidc";

    @AttributeDefinition(
            name = "Issuer",
            description = "Address of the provider, exactly as it names itself. Empty: no provider.")
    String issuer() default "";

    @AttributeDefinition(name = "Client id", description = "Name of this appliance at the provider.")
    String clientId() default "";

    @AttributeDefinition(name = "Client secret", description = "Sealed; empty for a public client.")
    String clientSecret() default "";

    @AttributeDefinition(name = "Title", description = "What stands on the button.")
    String title() default "OpenID Connect";

    @AttributeDefinition(
            name = "Address of this appliance",
            description = "https://HOST:PORT as browsers reach it; empty: as each browser names it.")
    String baseAddress() default "";

    @AttributeDefinition(name = "Scopes", description = "What is asked for, by blanks; with openid.")
    String scopes() default "openid profile email";

    @AttributeDefinition(name = "Claim of the login name", description = "Becomes the name on the appliance.")
    String nameClaim() default "preferred_username";

    @AttributeDefinition(name = "Claim of the display name", description = "Name as people read it.")
    String displayNameClaim() default "name";

    @AttributeDefinition(name = "Claim of the mail address", description = "Address for notices.")
    String emailClaim() default "email";

    @AttributeDefinition(
            name = "Claim of the groups",
            description = "Names of groups; dots lead into objects, for example realm_access.roles.")
    String groupsClaim() default "groups";

    @AttributeDefinition(name = "Ask for more", description = "Also asks the provider's userinfo for claims.")
    boolean userInfo() default false;

    @AttributeDefinition(
            name = "Certificates of issuers",
            description = "PEM; who may vouch for the provider's address. Empty: the issuers that Java knows.")
    String caPem() default "";
}
