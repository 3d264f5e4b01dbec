// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.security.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.Grant;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.AccountRow;
import org.solera.platform.api.access.KeyView;

/** Makes rows of access keys and opens their secrets. */
final class AccessKeyRows {
    static final int ID_LENGTH = 20;
    static final int SECRET_LENGTH = 40;

    private AccessKeyRows() {}

    static AccountRow.KeyRow of(
            MasterKeys master,
            String id,
            String secret,
            String user,
            String title,
            Set<Grant> grants,
            Instant createdAt,
            @Nullable Instant expiresAt) {
        return new AccountRow.KeyRow(
                new KeyView(id, user, title, grants, true, createdAt, expiresAt),
                master.seal(purpose(id), secret.getBytes(StandardCharsets.UTF_8)));
    }

    static String secret(MasterKeys master, AccountRow.KeyRow row) throws SoleraException {
        return new String(master.unseal(purpose(row.view().id()), row.sealedSecret()), StandardCharsets.UTF_8);
    }

    private static String purpose(String id) {
        return "access-key." + id;
    }
}
