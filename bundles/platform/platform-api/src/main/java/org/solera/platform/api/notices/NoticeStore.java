// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.api.notices;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.solera.platform.api.SoleraException;

/** Keeps notices over a restart. Thread-safe. */
@ConsumerType
public interface NoticeStore {
    /** {@return all kept notices} */
    List<Notice> load() throws SoleraException;

    /** Adds or replaces notices and removes others, in one transaction. */
    void save(List<Notice> put, List<String> removedIds) throws SoleraException;
}
