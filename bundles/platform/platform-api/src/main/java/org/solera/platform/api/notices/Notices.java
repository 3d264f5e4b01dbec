// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.notices;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.solera.platform.api.SoleraException;

/** What needs attention. At most 2,000 ended notices are kept, the oldest go first. Thread-safe. */
@ProviderType
public interface Notices {
    /** {@return notices, those that hold first, then newest first} */
    List<Notice> notices();

    /** Somebody has taken it up: it stays in the list and is not delivered again. */
    Notice acknowledge(String id, String who) throws SoleraException;

    /** Nobody is told of this subject under this rule until then; at most 30 days ahead. */
    Notice silence(String id, Instant until, String who) throws SoleraException;

    List<AlertRule> rules();

    /** Changes threshold, duration, severity and whether the rule is enabled. */
    AlertRule change(String id, double threshold, long lastingSeconds, Severity severity, boolean enabled)
            throws SoleraException;
}
