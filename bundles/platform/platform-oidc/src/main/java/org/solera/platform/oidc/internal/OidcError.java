// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import org.solera.platform.api.ErrorCode;

/** Why a sign-in failed; the console is told the code in lower case. */
enum OidcError implements ErrorCode {
    /** The provider does not answer, or not in time. */
    PROVIDER_UNAVAILABLE(true),
    /** The provider answers, and not as OpenID Connect or the settings expect. */
    PROVIDER_MISMATCH(false),
    /** The ID token does not hold. */
    TOKEN_REFUSED(false),
    /** The provider does not tell what the settings take the name from. */
    CLAIM_MISSING(false),
    /** This browser began no such sign-in within the last ten minutes. */
    SIGN_IN_UNKNOWN(false),
    /** The person or the provider said no. */
    SIGN_IN_DENIED(false);

    private final boolean retryable;

    OidcError(boolean retryable) {
        this.retryable = retryable;
    }

    @Override
    public boolean retryable() {
        return retryable;
    }
}
