// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.ldap.internal;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.access.Directory;
import org.solera.platform.api.access.ExternalPerson;

/**
 * Checks passwords by binding as the person. Thread-safe; each check has a connection of its own, as many at a time as the
 * pool has threads.
 */
final class LdapDirectory implements Directory {
    private static final Logger log = LoggerFactory.getLogger(LdapDirectory.class);
    private static final int MOST_GROUPS = 1_000;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_DISPLAY_NAME = 128;

    private final LdapSettings settings;
    private final ExecutorService pool;

    /** What is done on a connection. */
    @FunctionalInterface
    private interface Talk<T> {
        T with(Connection connection) throws DirectoryException;
    }

    LdapDirectory(LdapSettings settings, ExecutorService pool) {
        this.settings = settings;
        this.pool = pool;
    }

    @Override
    public String source() {
        return "ldap";
    }

    @Override
    public Optional<ExternalPerson> check(String name, char[] password) throws DirectoryException {
        if (name.isBlank() || name.length() > LONGEST_NAME || password.length == 0) {
            return Optional.empty();
        }
        byte[] secret = utf8(password);
        return bounded(connection -> {
            try {
                return check(connection, name, secret);
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        });
    }

    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    /** Asks the directory whether it is there and lets the account search; {@return what was found, as a sentence} */
    String probe() throws DirectoryException {
        return bounded(connection -> {
            connection.bindToSearch();
            SearchRequest base = new SearchRequest(
                    settings.userBase(), SearchScope.BASE, Filter.createPresenceFilter("objectClass"), "1.1");
            boolean there = connection
                    .search(base)
                    .filter(found -> found.getEntryCount() == 1)
                    .isPresent();
            if (!there) {
                throw DirectoryException.mismatch(
                        "'%s' may not be read by '%s'.".formatted(settings.userBase(), settings.bindDn()), null);
            }
            return "The directory answers.";
        });
    }

    /** Probes, and counts the people that anybody could sign in as; {@return what was found, as a sentence} */
    String test() throws DirectoryException {
        String found = probe();
        int people = bounded(connection -> {
            connection.bindToSearch();
            SearchRequest some = new SearchRequest(
                    settings.userBase(),
                    SearchScope.SUB,
                    Filter.createPresenceFilter(settings.attributes().name()),
                    "1.1");
            some.setSizeLimit(MOST_GROUPS);
            return connection.search(some).map(SearchResult::getEntryCount).orElse(MOST_GROUPS);
        });
        boolean plain = !settings.startTls() && settings.addresses().stream().anyMatch(each -> !each.tls());
        return "%s %s entries below %s have the attribute %s.%s"
                .formatted(
                        found,
                        people >= MOST_GROUPS ? "At least " + MOST_GROUPS : people,
                        settings.userBase(),
                        settings.attributes().name(),
                        plain ? " Passwords travel unencrypted: switch StartTLS on." : "");
    }

    private <T> T bounded(Talk<T> talk) throws DirectoryException {
        Connection connection = new Connection(settings);
        Future<T> answer;
        try {
            answer = pool.submit(() -> {
                try (connection) {
                    connection.connect();
                    return talk.with(connection);
                }
            });
        } catch (RejectedExecutionException full) {
            throw DirectoryException.busy(full);
        }
        try {
            return answer.get(connection.leftMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof DirectoryException known) {
                throw known;
            }
            throw DirectoryException.away("The directory could not be asked.", failure.getCause());
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw DirectoryException.away(
                    "The directory did not answer within %d ms."
                            .formatted(settings.limit().toMillis()),
                    late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            throw DirectoryException.away("The wait for the directory was interrupted.", interrupted);
        } finally {
            connection.close(); // also ends a conversation that nobody waits for any more
        }
    }

    private Optional<ExternalPerson> check(Connection connection, String name, byte[] password)
            throws DirectoryException {
        connection.bindToSearch();
        Optional<SearchResultEntry> found = person(connection, name);
        if (found.isEmpty() || !connection.opens(found.get().getDN(), password)) {
            return Optional.empty();
        }
        connection.bindToSearch();
        return Optional.of(describe(connection, found.get(), name));
    }

    private Optional<SearchResultEntry> person(Connection connection, String name) throws DirectoryException {
        LdapSettings.Attributes wanted = settings.attributes();
        String[] attributes = {wanted.id(), wanted.name(), wanted.displayName(), wanted.mail(), wanted.groups()};
        SearchRequest request = new SearchRequest(
                settings.userBase(),
                SearchScope.SUB,
                settings.personNamed(name),
                Arrays.stream(attributes).filter(each -> !each.isEmpty()).toArray(String[]::new));
        request.setSizeLimit(2);
        Optional<SearchResult> result = connection.search(request);
        if (result.isEmpty() || result.get().getEntryCount() > 1) {
            throw DirectoryException.mismatch("The filter of people finds more than one entry for a name.", null);
        }
        return result.get().getSearchEntries().stream().findFirst();
    }

    private ExternalPerson describe(Connection connection, SearchResultEntry entry, String typed)
            throws DirectoryException {
        LdapSettings.Attributes names = settings.attributes();
        String name = loginName(entry, typed);
        String displayName = value(entry, names.displayName());
        return new ExternalPerson(
                source(),
                subject(entry),
                name,
                displayName.substring(0, Math.min(LONGEST_DISPLAY_NAME, displayName.length())),
                value(entry, names.mail()),
                groups(connection, entry, name));
    }

    /** The name as the directory has it: what was typed may match it and be written otherwise. */
    private String loginName(Entry entry, String typed) throws DirectoryException {
        String attribute = settings.attributes().name();
        String[] values = entry.getAttributeValues(attribute);
        if (values == null || values.length == 0) {
            throw DirectoryException.mismatch(
                    "'%s' has no attribute %s to take the name from.".formatted(entry.getDN(), attribute), null);
        }
        return Arrays.stream(values)
                .filter(typed::equalsIgnoreCase)
                .findFirst()
                .orElse(values[0])
                .toLowerCase(Locale.ROOT);
    }

    private String subject(Entry entry) throws DirectoryException {
        String attribute = settings.attributes().id();
        if (attribute.isEmpty()) {
            return normal(entry.getDN());
        }
        byte[] value = entry.getAttributeValueBytes(attribute);
        if (value == null || value.length == 0) {
            throw DirectoryException.mismatch("'%s' has no attribute %s.".formatted(entry.getDN(), attribute), null);
        }
        String text = new String(value, StandardCharsets.UTF_8);
        boolean readable = text.chars().allMatch(each -> each > ' ' && each < 0x7f);
        return readable ? text : HexFormat.of().formatHex(value);
    }

    private static String value(Entry entry, String attribute) {
        String value = attribute.isEmpty() ? null : entry.getAttributeValue(attribute);
        return value == null ? "" : value;
    }

    /** Groups by DN, as the directory writes it and in its normal form, and by the short name where the search finds it. */
    private Set<String> groups(Connection connection, Entry entry, String name) throws DirectoryException {
        Set<String> groups = new HashSet<>();
        LdapSettings.Attributes attributes = settings.attributes();
        String[] listed = attributes.groups().isEmpty() ? null : entry.getAttributeValues(attributes.groups());
        for (String each : listed == null ? new String[0] : listed) {
            if (groups.size() >= 2 * MOST_GROUPS) {
                log.warn("'{}' is in more than {} groups; the others are not taken", entry.getDN(), MOST_GROUPS);
                break;
            }
            add(groups, each);
        }
        if (settings.groupBase().isEmpty()) {
            return groups;
        }
        String wanted = attributes.groupName().isEmpty() ? "1.1" : attributes.groupName();
        SearchRequest request = new SearchRequest(
                settings.groupBase(), SearchScope.SUB, settings.groupsOf(entry.getDN(), name), wanted);
        request.setSizeLimit(MOST_GROUPS);
        Optional<SearchResult> found = connection.search(request);
        if (found.isEmpty()) {
            throw DirectoryException.mismatch(
                    "The filter of groups finds more than %d groups for '%s'.".formatted(MOST_GROUPS, entry.getDN()),
                    null);
        }
        for (SearchResultEntry each : found.get().getSearchEntries()) {
            add(groups, each.getDN());
            String title = value(each, attributes.groupName());
            if (!title.isEmpty()) {
                groups.add(title);
            }
        }
        return groups;
    }

    private static void add(Set<String> groups, String dn) {
        groups.add(dn);
        groups.add(normal(dn));
    }

    private static String normal(String dn) {
        try {
            return new DN(dn).toNormalizedString();
        } catch (LDAPException notOne) {
            return dn; // groupAttribute may hold plain names
        }
    }
}
