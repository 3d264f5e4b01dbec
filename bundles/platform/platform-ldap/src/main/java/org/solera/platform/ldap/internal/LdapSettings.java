// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Settings of a directory, checked. Immutable.
 *
 * @param addresses where it listens, in the order in which they are tried
 * @param startTls whether a plain connection is encrypted before anything is sent
 * @param bindDn who searches; empty for nobody
 * @param bindPassword its password
 * @param userBase DN below which people are found
 * @param userFilter filter with <code>{name}</code>
 * @param groupBase DN below which groups are found; empty for no search
 * @param groupFilter filter with <code>{dn}</code> or <code>{name}</code>
 * @param attributes names of the attributes that are read
 * @param tls trusts the issuers of the directory
 * @param limit longest time of a whole check
 */
record LdapSettings(
        List<LdapAddress> addresses,
        boolean startTls,
        String bindDn,
        String bindPassword,
        String userBase,
        String userFilter,
        String groupBase,
        String groupFilter,
        Attributes attributes,
        SSLContext tls,
        Duration limit) {
    /** Names of attributes; an empty name means that the attribute is not read. */
    record Attributes(String id, String name, String displayName, String mail, String groups, String groupName) {
        static Attributes of(Function<String, String> text) {
            return new Attributes(
                    text.apply("idAttribute"),
                    text.apply("nameAttribute"),
                    text.apply("displayNameAttribute"),
                    text.apply("mailAttribute"),
                    text.apply("groupAttribute"),
                    text.apply("groupNameAttribute"));
        }
    }

    /** {@return whether these values name a directory} */
    static boolean configured(Map<String, ?> values) {
        return values.get("url") instanceof String url && !url.isBlank();
    }

    /**
     * Reads and checks settings.
     *
     * @param values what is set, by key; the password in the clear. What is absent has its default
     */
    static LdapSettings of(Map<String, ?> values) throws DirectoryException {
        Function<String, String> text =
                key -> String.valueOf(Objects.requireNonNullElseGet(values.get(key), () -> LdapSection.otherwise(key)))
                        .strip();
        Object password = values.get("bindPassword");
        LdapSettings settings = new LdapSettings(
                LdapAddress.parse(text.apply("url")),
                Boolean.parseBoolean(text.apply("startTls")),
                dn("bindDn", text.apply("bindDn"), true),
                password instanceof String set ? set : "",
                dn("userBase", text.apply("userBase"), false),
                filter("userFilter", text.apply("userFilter"), "{name}"),
                dn("groupBase", text.apply("groupBase"), true),
                filter("groupFilter", text.apply("groupFilter"), "{dn}", "{name}"),
                Attributes.of(text),
                Certificates.trusting(text.apply("caPem")),
                Duration.ofMillis(Math.min(5000, Math.max(500, Long.parseLong(text.apply("timeoutMillis"))))));
        if (settings.bindDn.isEmpty() != settings.bindPassword.isEmpty()) {
            throw DirectoryException.invalid("bindDn and bindPassword are given both or not at all.", null);
        }
        if (settings.attributes.name().isEmpty()) {
            throw DirectoryException.invalid("nameAttribute is needed.", null);
        }
        return settings;
    }

    private static String dn(String key, String text, boolean optional) throws DirectoryException {
        if (optional && text.isEmpty()) {
            return text;
        }
        if (text.isEmpty() || !DN.isValidDN(text)) {
            throw DirectoryException.invalid("%s: '%s' is not a DN.".formatted(key, text), null);
        }
        return text;
    }

    private static String filter(String key, String text, String... variables) throws DirectoryException {
        if (List.of(variables).stream().noneMatch(text::contains)) {
            throw DirectoryException.invalid(
                    "%s: the filter has to hold %s.".formatted(key, String.join(" or ", variables)), null);
        }
        try {
            Filter.create(text.replace("{name}", "a").replace("{dn}", "b"));
            return text;
        } catch (LDAPException malformed) {
            throw DirectoryException.invalid("%s: '%s' is not an LDAP filter.".formatted(key, text), malformed);
        }
    }

    /** {@return the filter that finds a person by login name} */
    Filter personNamed(String name) throws DirectoryException {
        return filled(userFilter, name, "");
    }

    /** {@return the filter that finds the groups of a person} */
    Filter groupsOf(String dn, String name) throws DirectoryException {
        return filled(groupFilter, name, dn);
    }

    /** What comes from outside is escaped (RFC 4515), and is put in at once so that it cannot name a variable. */
    private static Filter filled(String template, String name, String dn) throws DirectoryException {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < template.length(); at++) {
            if (template.startsWith("{name}", at)) {
                text.append(Filter.encodeValue(name));
                at += "{name}".length() - 1;
            } else if (template.startsWith("{dn}", at)) {
                text.append(Filter.encodeValue(dn));
                at += "{dn}".length() - 1;
            } else {
                text.append(template.charAt(at));
            }
        }
        try {
            return Filter.create(text.toString());
        } catch (LDAPException malformed) {
            throw DirectoryException.mismatch("The filter '%s' cannot be filled.".formatted(template), malformed);
        }
    }

    @Override
    public String toString() {
        return "LdapSettings" + addresses;
    }
}
