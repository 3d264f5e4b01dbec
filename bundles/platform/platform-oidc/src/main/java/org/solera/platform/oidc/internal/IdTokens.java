// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.oidc.internal;

import java.security.Key;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/** Checks ID tokens: signature, issuer, audience, times, nonce. Thread-safe. */
final class IdTokens {
    /** The only algorithms that are accepted. */
    static final List<String> ALGORITHMS = List.of(
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.EDDSA);

    private static final int SKEW_SECONDS = 60;

    private final OidcSettings settings;
    private final Provider provider;
    private final Clock clock;

    IdTokens(OidcSettings settings, Provider provider, Clock clock) {
        this.settings = settings;
        this.provider = provider;
        this.clock = clock;
    }

    /** {@return the claims of a token that holds} */
    Map<String, Object> check(String token, String nonce) throws OidcException {
        try {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setJwsAlgorithmConstraints(
                            AlgorithmConstraints.ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new))
                    .setVerificationKeyResolver((signature, nesting) -> key(signature))
                    .setExpectedIssuer(true, settings.issuer())
                    .setExpectedAudience(true, settings.clientId())
                    .setRequireSubject()
                    .setRequireIssuedAt()
                    .setRequireExpirationTime()
                    .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                    .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                    .build()
                    .processToClaims(token);
            checkParty(claims);
            if (!nonce.equals(claims.getStringClaimValue("nonce"))) {
                throw OidcException.token("The ID token is not the answer to this sign-in: its nonce differs.", null);
            }
            return claims.getClaimsMap();
        } catch (InvalidJwtException refused) {
            throw away(refused) instanceof OidcException cause
                    ? cause
                    : OidcException.token("The ID token does not hold: %s.".formatted(reasons(refused)), refused);
        } catch (MalformedClaimException malformed) {
            throw OidcException.token("A claim of the ID token is not of its type.", malformed);
        }
    }

    private void checkParty(JwtClaims claims) throws MalformedClaimException, OidcException {
        String party = claims.getStringClaimValue("azp");
        boolean several = claims.getAudience().size() > 1;
        if (party == null ? several : !party.equals(settings.clientId())) {
            throw OidcException.token("The ID token was made for another client.", null);
        }
    }

    private Key key(JsonWebSignature signature) throws UnresolvableKeyException {
        try {
            JsonWebKey found = select(signature, provider.keys());
            if (found == null) {
                found = select(signature, provider.newerKeys());
            }
            if (found == null) {
                throw new UnresolvableKeyException("the provider has no such key");
            }
            return found.getKey();
        } catch (OidcException failure) {
            throw new UnresolvableKeyException("the keys of the provider cannot be had", failure);
        } catch (JoseException unusable) {
            throw new UnresolvableKeyException("the key cannot be used", unusable);
        }
    }

    private static @Nullable JsonWebKey select(JsonWebSignature signature, List<JsonWebKey> keys) throws JoseException {
        return new VerificationJwkSelector().select(signature, keys);
    }

    /** {@return the failure of the provider that let the check fail, if it was that} */
    private static @Nullable Throwable away(Throwable failure) {
        Throwable each = failure;
        while (each != null && !(each instanceof OidcException)) {
            each = each.getCause();
        }
        return each;
    }

    private static String reasons(InvalidJwtException refused) {
        return refused.getErrorDetails().isEmpty()
                ? "no reason"
                : Exchange.plain(refused.getErrorDetails().get(0).getErrorMessage());
    }
}
