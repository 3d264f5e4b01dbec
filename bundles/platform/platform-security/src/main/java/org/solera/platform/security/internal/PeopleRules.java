// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import org.solera.platform.api.Grant;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Group;
import org.solera.platform.api.access.User;

/** What the values of users and groups may be. */
final class PeopleRules {
    static final int LONGEST_DISPLAY_NAME = 128;
    private static final int LONGEST_MAIL = 254;
    private static final int LONGEST_DESCRIPTION = 256;
    private static final int LONGEST_EXTERNAL = 512;
    private static final int MOST_GRANTS = 200;
    private static final int MOST_GROUPS_OF_ONE = 100;
    private static final int MOST_EXTERNAL = 50;
    private static final Pattern USER = Pattern.compile("[a-z0-9._@-]{1,64}");
    private static final Pattern GROUP = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final Pattern MAIL = Pattern.compile("[^\\s@\\p{Cntrl}<>,;]+@[^\\s@\\p{Cntrl}<>,;]+");
    // The names of nobody and of the appliance itself in the audit, and steps of a path.
    private static final Set<String> RESERVED = Set.of("-", "system", ".", "..");

    private PeopleRules() {}

    static boolean isUserName(String name) {
        return USER.matcher(name).matches() && !RESERVED.contains(name);
    }

    static boolean isMail(String text) {
        return text.length() <= LONGEST_MAIL && MAIL.matcher(text).matches();
    }

    /** {@return the text without control characters and not longer than this} */
    static String shortened(String text, int longest) {
        String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }

    static void newUser(User user) throws SoleraException {
        if (!isUserName(user.name())) {
            throw Refusals.invalid(
                    "A login name has 1 to 64 characters of a-z, 0-9, '.', '_', '-' and '@'; 'system' is taken.",
                    "Choose another login name.");
        }
        if (!Set.of(User.LOCAL, "ldap", "oidc").contains(user.source())) {
            throw Refusals.invalid("The source of a user is local, ldap or oidc.", "Choose one of these.");
        }
    }

    /** Checks what can be edited. */
    static void values(User user, Snapshot now) throws SoleraException {
        text("display name", user.displayName(), LONGEST_DISPLAY_NAME);
        if (!user.email().isEmpty() && !isMail(user.email())) {
            throw Refusals.invalid("This is no mail address.", "Write it as name@example.com, or leave it empty.");
        }
        grants(user.grants());
        if (user.groups().size() > MOST_GROUPS_OF_ONE) {
            throw Refusals.invalid("A user is in %d groups at most.".formatted(MOST_GROUPS_OF_ONE), "Leave some out.");
        }
        for (String group : user.groups()) {
            if (now.group(group).isEmpty()) {
                throw Refusals.invalid("There is no group '%s'.".formatted(group), "Look at the list of groups.");
            }
        }
    }

    static void group(Group group) throws SoleraException {
        if (!GROUP.matcher(group.name()).matches() || RESERVED.contains(group.name())) {
            throw Refusals.invalid(
                    "The name of a group has 1 to 64 characters of a-z, 0-9, '.', '_' and '-'.",
                    "Choose another name.");
        }
        text("description", group.description(), LONGEST_DESCRIPTION);
        grants(group.grants());
        if (group.external().size() > MOST_EXTERNAL) {
            throw Refusals.invalid(
                    "A group stands for %d groups of a directory at most.".formatted(MOST_EXTERNAL), "Leave some out.");
        }
        for (String each : group.external()) {
            if (each.isBlank()) {
                throw Refusals.invalid("The name of a group of a directory is not empty.", "Leave it out.");
            }
            text("group of a directory", each, LONGEST_EXTERNAL);
        }
    }

    static void grants(Collection<Grant> grants) throws SoleraException {
        if (grants.size() > MOST_GRANTS) {
            throw Refusals.invalid("There are %d grants at most.".formatted(MOST_GRANTS), "Use a group.");
        }
    }

    static void text(String what, String text, int longest) throws SoleraException {
        if (text.length() > longest || text.chars().anyMatch(c -> Character.isISOControl(c))) {
            throw Refusals.invalid(
                    "The %s has %d characters at most and no line break.".formatted(what, longest), "Shorten it.");
        }
    }

    static void title(String title) throws SoleraException {
        if (title.isBlank()) {
            throw Refusals.invalid("A title says what it is for.", "Write one of 1 to 128 characters.");
        }
        text("title", title, 128);
    }
}
