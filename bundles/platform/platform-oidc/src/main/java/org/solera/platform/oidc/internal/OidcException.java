// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import org.jspecify.annotations.Nullable;
import org.solera.platform.api.ErrorCode;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** A sign-in at the provider failed. */
final class OidcException extends SoleraException {
    private OidcException(ErrorCode code, String message, String nextAction, @Nullable Throwable cause) {
        super(code, message, nextAction, cause);
    }

    /** The provider does not answer. */
    static OidcException away(String message, @Nullable Throwable cause) {
        return new OidcException(
                OidcError.PROVIDER_UNAVAILABLE,
                message,
                "Look at the provider and the network, or sign in as a local user.",
                cause);
    }

    /** The provider answers something else than expected. */
    static OidcException mismatch(String message, @Nullable Throwable cause) {
        return new OidcException(
                OidcError.PROVIDER_MISMATCH, message, "Compare the settings with those of the provider.", cause);
    }

    /** The ID token does not hold. */
    static OidcException token(String message, @Nullable Throwable cause) {
        return new OidcException(
                OidcError.TOKEN_REFUSED, message, "Compare the settings, and the clocks of both sides.", cause);
    }

    /** A claim is missing. */
    static OidcException claim(String message) {
        return new OidcException(
                OidcError.CLAIM_MISSING,
                message,
                "Let the provider tell it, name another claim, or switch userinfo on.",
                null);
    }

    /** Nobody began this sign-in, or not this browser. */
    static OidcException unknown() {
        return new OidcException(
                OidcError.SIGN_IN_UNKNOWN,
                "This browser began no such sign-in within the last ten minutes.",
                "Begin again at the sign-in page.",
                null);
    }

    /** The person or the provider said no. */
    static OidcException denied() {
        return new OidcException(
                OidcError.SIGN_IN_DENIED, "The sign-in was denied at the provider.", "Begin again.", null);
    }

    /** Too many sign-ins at a time. */
    static OidcException busy() {
        return new OidcException(
                PlatformError.BUSY, "Too many sign-ins are under way.", "Try again in a moment.", null);
    }

    /** A setting or a request is not one. */
    static OidcException invalid(String message, @Nullable Throwable cause) {
        return new OidcException(PlatformError.INVALID_REQUEST, message, "Correct the value.", cause);
    }
}
