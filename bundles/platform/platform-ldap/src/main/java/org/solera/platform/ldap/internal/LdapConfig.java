// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the sign-in by LDAP. */
@ObjectClassDefinition(name = "LDAP", description = "Checks passwords in an LDAP directory.")
@interface LdapConfig {
    /** Where its values are kept. */
    String PID = "solera.platform.ldap";

    /** Finds people by the usual login attribute. */
    String USER_FILTER = "(&(objectClass=person)(uid={name}))";

    /** Finds groups that list their members by DN. */
    String GROUP_FILTER = "(|(member={dn})(uniqueMember={dn}))";

    @AttributeDefinition(
            name = "Address",
            description =
                    "ldaps://HOST[:PORT] or ldap://HOST[:PORT]; several by blanks are tried in order. Empty: no directory.")
    String url() default "";

    @AttributeDefinition(name = "StartTLS", description = "Encrypts a connection to ldap:// before anything is sent.")
    boolean startTls() default true;

    @AttributeDefinition(
            name = "DN that searches",
            description = "Account that looks for people; empty to search without.")
    String bindDn() default "";

    @AttributeDefinition(name = "Its password", description = "Sealed.")
    String bindPassword() default "";

    @AttributeDefinition(name = "Base of people", description = "DN below which people are found.")
    String userBase() default "";

    @AttributeDefinition(name = "Filter of people", description = "Finds one person; {name} is the login name.")
    String userFilter() default USER_FILTER;

    @AttributeDefinition(name = "Base of groups", description = "DN below which groups are found; empty: no search.")
    String groupBase() default "";

    @AttributeDefinition(
            name = "Filter of groups",
            description = "Finds the groups of a person; {dn} is its DN, {name} its login name.")
    String groupFilter() default GROUP_FILTER;

    @AttributeDefinition(name = "Attribute of the login name", description = "Becomes the name on the appliance.")
    String nameAttribute() default "uid";

    @AttributeDefinition(name = "Attribute of the display name", description = "Name as people read it.")
    String displayNameAttribute() default "cn";

    @AttributeDefinition(name = "Attribute of the mail address", description = "Address for notices.")
    String mailAttribute() default "mail";

    @AttributeDefinition(
            name = "Attribute with groups",
            description = "Attribute of a person that lists its groups by DN; empty: not read.")
    String groupAttribute() default "memberOf";

    @AttributeDefinition(
            name = "Attribute with the name of a group",
            description = "Short name of the groups that the search finds; empty: their DN only.")
    String groupNameAttribute() default "cn";

    @AttributeDefinition(
            name = "Attribute that never changes",
            description = "Tells people apart for ever, for example entryUUID or objectGUID; empty: the DN.")
    String idAttribute() default "";

    @AttributeDefinition(
            name = "Certificates of issuers",
            description = "PEM; who may vouch for the directory. Empty: the issuers that Java knows.")
    String caPem() default "";

    @AttributeDefinition(
            name = "Time limit",
            description = "For a whole check, in milliseconds.",
            min = "500",
            max = "5000")
    int timeoutMillis() default 5000;
}
