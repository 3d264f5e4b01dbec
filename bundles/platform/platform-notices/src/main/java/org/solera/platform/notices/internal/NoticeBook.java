// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.notices.internal.Evaluation.Key;
import org.solera.platform.notices.internal.Scene.Reading;

/**
 * The notices: one for each subject that holds, and those that ended. Remembers which of them the store has to learn of.
 * Thread-safe.
 */
final class NoticeBook {
    /** The most ended notices that are kept; the oldest go first. */
    static final int ENDED_MOST = 2_000;

    private static final Duration LONGEST_SILENCE = Duration.ofDays(30);

    /**
     * What a look at the rules changed.
     *
     * @param began notices that are new
     * @param ended notices that are over
     * @param changed open notices whose words changed
     */
    record Changes(List<Notice> began, List<Notice> ended, List<Notice> changed) {}

    /**
     * What the store does not know yet.
     *
     * @param put notices to add or replace
     * @param removed ids to remove
     */
    record Unsaved(List<Notice> put, List<String> removed) {}

    private final Map<Key, Notice> open = new LinkedHashMap<>(); // guarded by this, as all below
    private final Deque<Notice> ended = new ArrayDeque<>(); // newest first
    private final Map<Key, Instant> silences = new HashMap<>();
    private final Map<String, Notice> put = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();

    static Key key(Notice notice) {
        return new Key(notice.rule(), notice.subject());
    }

    /**
     * Takes what holds now.
     *
     * @param told readings of all that people are told
     * @param rules the rules by id
     * @param now the time
     */
    synchronized Changes update(Map<Key, Reading> told, Map<String, AlertRule> rules, Instant now) {
        List<Notice> began = new ArrayList<>();
        List<Notice> over = new ArrayList<>();
        List<Notice> changed = new ArrayList<>();
        silences.values().removeIf(until -> !until.isAfter(now));
        told.forEach((key, reading) -> {
            AlertRule rule = rules.get(key.rule());
            if (rule == null) {
                return;
            }
            Notice before = open.get(key);
            Notice notice = describe(before, rule, key, reading, now);
            open.put(key, notice);
            if (before == null) {
                began.add(notice);
                put.put(notice.id(), notice);
            } else if (!before.title().equals(notice.title()) || before.severity() != notice.severity()) {
                changed.add(notice);
                if (before.severity() != notice.severity()) {
                    put.put(notice.id(), notice);
                }
            }
        });
        for (Key key : List.copyOf(open.keySet())) {
            Notice notice = open.get(key);
            if (notice != null && !told.containsKey(key)) {
                Notice last = with(notice, now, notice.delivery());
                open.remove(key);
                keepEnded(last);
                over.add(last);
                put.put(last.id(), last);
            }
        }
        return new Changes(began, over, changed);
    }

    private Notice describe(@Nullable Notice before, AlertRule rule, Key key, Reading reading, Instant now) {
        return new Notice(
                before == null ? UUID.randomUUID().toString() : before.id(),
                rule.id(),
                key.subject(),
                rule.severity(),
                Words.title(rule, key, reading, false),
                Words.title(rule, key, reading, true),
                Words.next(rule, reading, false),
                Words.next(rule, reading, true),
                reading.value(),
                before == null ? now : before.since(),
                null,
                before == null ? "" : before.acknowledgedBy(),
                before == null ? null : before.acknowledgedAt(),
                before == null ? silences.get(key) : before.silencedUntil(),
                before == null ? "" : before.delivery());
    }

    private void keepEnded(Notice notice) {
        ended.addFirst(notice);
        while (ended.size() > ENDED_MOST) {
            String oldest = ended.removeLast().id();
            put.remove(oldest);
            removed.add(oldest);
        }
    }

    private static Notice with(Notice notice, @Nullable Instant endedAt, String delivery) {
        return copy(
                notice, endedAt, notice.acknowledgedBy(), notice.acknowledgedAt(), notice.silencedUntil(), delivery);
    }

    private static Notice copy(
            Notice notice,
            @Nullable Instant endedAt,
            String acknowledgedBy,
            @Nullable Instant acknowledgedAt,
            @Nullable Instant silencedUntil,
            String delivery) {
        return new Notice(
                notice.id(),
                notice.rule(),
                notice.subject(),
                notice.severity(),
                notice.title(),
                notice.titleZh(),
                notice.nextAction(),
                notice.nextActionZh(),
                notice.value(),
                notice.since(),
                endedAt,
                acknowledgedBy,
                acknowledgedAt,
                silencedUntil,
                delivery);
    }

    /**
     * Takes what the store kept over a restart. A notice that began anew meanwhile goes on under its old id.
     *
     * @return open notices that were taken over
     */
    synchronized List<Notice> adopt(Collection<Notice> kept, Instant now) {
        Set<String> known = new HashSet<>();
        open.values().forEach(notice -> known.add(notice.id()));
        ended.forEach(notice -> known.add(notice.id()));
        List<Notice> taken = new ArrayList<>();
        List<Notice> over = new ArrayList<>(ended);
        for (Notice notice : kept) {
            if (known.contains(notice.id())) {
                continue;
            }
            if (notice.silencedUntil() != null && notice.silencedUntil().isAfter(now)) {
                silences.merge(key(notice), notice.silencedUntil(), (one, other) -> one.isAfter(other) ? one : other);
            }
            if (notice.endedAt() == null) {
                Notice anew = open.put(key(notice), notice);
                if (anew != null) {
                    put.remove(anew.id());
                    removed.add(anew.id());
                }
                taken.add(notice);
            } else {
                over.add(notice);
            }
        }
        over.sort(Comparator.comparing(NoticeBook::end).reversed());
        ended.clear();
        for (int i = over.size() - 1; i >= 0; i--) {
            keepEnded(over.get(i));
        }
        return taken;
    }

    private static Instant end(Notice notice) {
        Instant end = notice.endedAt();
        return end == null ? Instant.MAX : end;
    }

    /** {@return all notices, those that hold first, then newest first} */
    synchronized List<Notice> all() {
        List<Notice> all = new ArrayList<>(open.values());
        all.sort(Comparator.comparing(Notice::since).reversed());
        all.addAll(ended);
        return all;
    }

    synchronized List<Notice> open() {
        return List.copyOf(open.values());
    }

    synchronized @Nullable Notice find(String id) {
        return all().stream()
                .filter(notice -> notice.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    synchronized Notice acknowledge(String id, String who, Instant now) throws SoleraException {
        return change(
                id,
                notice -> notice.acknowledgedAt() != null
                        ? notice
                        : copy(notice, notice.endedAt(), who, now, notice.silencedUntil(), notice.delivery()));
    }

    /** Silences a subject; a time that is past lifts the silence. */
    synchronized Notice silence(String id, Instant until, Instant now) throws SoleraException {
        if (until.isAfter(now.plus(LONGEST_SILENCE))) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "Something can be silenced for at most 30 days.",
                    "Choose an earlier end, or turn the rule off.",
                    null);
        }
        Instant end = until.isAfter(now) ? until : null;
        Notice changed = change(
                id,
                notice -> copy(
                        notice,
                        notice.endedAt(),
                        notice.acknowledgedBy(),
                        notice.acknowledgedAt(),
                        end,
                        notice.delivery()));
        if (end == null) {
            silences.remove(key(changed));
        } else {
            silences.put(key(changed), end);
        }
        return changed;
    }

    /** {@return open notices whose silence is over; it is lifted} */
    synchronized List<Notice> unsilenced(Instant now) {
        List<Notice> lifted = new ArrayList<>();
        open.replaceAll((key, notice) -> {
            Instant until = notice.silencedUntil();
            if (until == null || until.isAfter(now)) {
                return notice;
            }
            Notice loud = copy(notice, null, notice.acknowledgedBy(), notice.acknowledgedAt(), null, notice.delivery());
            put.put(loud.id(), loud);
            lifted.add(loud);
            return loud;
        });
        return lifted;
    }

    /** Notes what came of a delivery; nothing happens if the notice is gone. */
    synchronized @Nullable Notice delivered(String id, String channel, String outcome) {
        Notice notice = find(id);
        if (notice == null) {
            return null;
        }
        String text = Outcomes.with(notice.delivery(), channel, outcome);
        if (text.equals(notice.delivery())) {
            return notice;
        }
        return replace(notice, with(notice, notice.endedAt(), text));
    }

    private Notice change(String id, UnaryOperator<Notice> change) throws SoleraException {
        Notice notice = find(id);
        if (notice == null) {
            throw new SoleraException(
                    PlatformError.NOT_FOUND,
                    "There is no such notice.",
                    "It may have been forgotten; look at the list again.",
                    null);
        }
        return replace(notice, change.apply(notice));
    }

    private Notice replace(Notice before, Notice after) {
        if (before.endedAt() == null) {
            open.put(key(after), after);
        } else {
            List<Notice> all = new ArrayList<>(ended);
            all.replaceAll(each -> each.id().equals(after.id()) ? after : each);
            ended.clear();
            ended.addAll(all);
        }
        put.put(after.id(), after);
        return after;
    }

    /** {@return what the store does not know yet; it counts as known from now on} */
    synchronized Unsaved take() {
        Unsaved unsaved = new Unsaved(List.copyOf(put.values()), List.copyOf(removed));
        put.clear();
        removed.clear();
        return unsaved;
    }

    /** Gives back what could not be saved; what changed since stays. */
    synchronized void giveBack(Unsaved unsaved) {
        for (Notice notice : unsaved.put()) {
            if (!removed.contains(notice.id())) {
                put.putIfAbsent(notice.id(), notice);
            }
        }
        if (removed.size() + unsaved.removed().size() <= 2 * ENDED_MOST) {
            removed.addAll(unsaved.removed());
        }
    }

    synchronized boolean saved() {
        return put.isEmpty() && removed.isEmpty();
    }
}
