// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.SoleraException;

/**
 * What the resolver said of features that are not installed. An answer holds until something is changed; while a change
 * runs, the last answer is given rather than a wait. Whoever waited for a swap here would hold up the very swap, if that
 * one drains the bundle which carries the question. Thread-safe; keeps at most {@value #MOST} answers, the ones asked for
 * longest ago go.
 */
final class ResolverAnswers {
    private static final int MOST = 500;

    /** The longest wait for a change, for a feature that nobody asked for before. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Answer(long revision, Optional<String> words) {}

    private final ChangeLock lock;
    private final Map<FeatureId, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) { // guarded by itself
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<FeatureId, Answer> eldest) {
                    return size() > MOST;
                }
            };

    ResolverAnswers(ChangeLock lock) {
        this.lock = lock;
    }

    /**
     * {@return the resolver's words against a feature; empty if there are none}
     *
     * @param question asks the resolver; alone, no change runs beside it
     */
    Optional<String> of(FeatureId feature, ChangeLock.Change<Optional<String>> question) throws SoleraException {
        Answer known = known(feature);
        if (known != null && (known.revision() == lock.revision() || lock.taken())) {
            return known.words();
        }
        return lock.look(PATIENCE, () -> {
            Answer answer = new Answer(lock.revision(), question.run());
            synchronized (answers) {
                answers.put(feature, answer);
            }
            return answer.words();
        });
    }

    private @Nullable Answer known(FeatureId feature) {
        synchronized (answers) {
            return answers.get(feature);
        }
    }
}
