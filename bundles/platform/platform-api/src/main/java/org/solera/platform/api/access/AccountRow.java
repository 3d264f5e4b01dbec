// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.access;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;

/** What is kept of people, as rows. Secrets are hashed or sealed before they come here. */
public sealed interface AccountRow {
    /** {@return the key of the row within its kind} */
    String key();

    /**
     * A user.
     *
     * @param user what everybody may see
     * @param subject what never changes of it in its directory; empty for local users
     * @param password scheme, parameters, salt and hash; empty for users of a directory
     * @param secondFactor sealed TOTP secret; empty for none
     * @param pendingSecondFactor sealed TOTP secret that waits to be confirmed; empty for none
     * @param lastCode time step of the last accepted code, which is not accepted again
     * @param recovery hashes of the recovery codes that are left
     */
    record UserRow(
            User user,
            String subject,
            String password,
            String secondFactor,
            String pendingSecondFactor,
            long lastCode,
            Set<String> recovery)
            implements AccountRow {
        public UserRow {
            recovery = Set.copyOf(recovery);
        }

        @Override
        public String key() {
            return user.name();
        }

        @Override
        public String toString() {
            return "UserRow[" + user.name() + "]";
        }
    }

    /** A group. */
    record GroupRow(Group group) implements AccountRow {
        @Override
        public String key() {
            return group.name();
        }
    }

    /**
     * A token.
     *
     * @param hash SHA-256 of its secret, hexadecimal
     */
    record TokenRow(Token token, String hash) implements AccountRow {
        @Override
        public String key() {
            return token.id();
        }
    }

    /**
     * An access key.
     *
     * @param sealedSecret its secret, sealed: signatures need it in the clear
     */
    record KeyRow(KeyView view, String sealedSecret) implements AccountRow {
        @Override
        public String key() {
            return view.id();
        }
    }

    /**
     * A session.
     *
     * @param id public id
     * @param user whose it is
     * @param hash SHA-256 of its cookie, hexadecimal
     * @param csrf sealed CSRF value
     */
    record SessionRow(
            String id,
            String user,
            String hash,
            String csrf,
            String origin,
            String agent,
            Instant since,
            Instant until,
            Instant lastUsedAt,
            @Nullable Instant endedAt)
            implements AccountRow {
        @Override
        public String key() {
            return id;
        }
    }

    /** {@return the grants as one text, in order, by comma} */
    static String text(Set<Grant> grants) {
        return grants.stream().map(Grant::toString).sorted().collect(Collectors.joining(","));
    }
}
