// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.audit;

import java.util.Map;

/**
 * A change that somebody wants.
 *
 * @param who login name; {@code -} if nobody is known, {@code system} for the appliance itself
 * @param action stable name, {@code <domain>.<verb>}, at most 128 characters
 * @param target what is changed, at most 1,024 characters
 * @param origin address, {@code ssh:<address>} or {@code local}
 * @param channel {@code rest}, {@code shell}, {@code s3}, {@code kodo}, {@code system}
 * @param details more, at most 4 KiB in all; never a secret
 */
public record AuditEvent(
        String who, String action, String target, String origin, String channel, Map<String, String> details) {
    public AuditEvent {
        details = Map.copyOf(details);
    }
}
