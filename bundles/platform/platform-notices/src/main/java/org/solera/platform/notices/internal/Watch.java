// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.HealthTree;
import org.solera.platform.api.history.Snapshot;
import org.solera.platform.api.notices.AlertRule;
import org.solera.platform.api.notices.Notice;
import org.solera.platform.api.notices.Severity;
import org.solera.platform.notices.internal.Evaluation.Condition;
import org.solera.platform.notices.internal.Evaluation.Key;
import org.solera.platform.notices.internal.Evaluation.Phase;
import org.solera.platform.notices.internal.Scene.Reading;

/**
 * The work between two hand-overs: evaluates the rules, keeps the book and says what people are told. {@link #look} is
 * confined to one thread; {@link #adopt} may be called by another.
 */
final class Watch {
    /** How long nobody is told anything while the store has not said what was told before. */
    static final Duration GRACE = Duration.ofSeconds(60);

    /** How often people are told again of what nobody has taken up. */
    static final Duration REMINDER = Duration.ofHours(24);

    private final NoticeBook book;
    private final BiConsumer<Notice, Message.Kind> teller;
    private final LiveNotices live;
    private final BooleanSupplier loaded;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final SceneMaker scenes = new SceneMaker();
    private final Queue<Notice> adopted = new ConcurrentLinkedQueue<>();
    private final Set<String> untold = new HashSet<>();
    private final Map<String, Long> told = new HashMap<>();
    private Map<Key, Condition> conditions = Map.of();
    private volatile long lastNanos;

    Watch(
            NoticeBook book,
            BiConsumer<Notice, Message.Kind> teller,
            LiveNotices live,
            BooleanSupplier loaded,
            Clock clock,
            LongSupplier nanoTime) {
        this.book = book;
        this.teller = teller;
        this.live = live;
        this.loaded = loaded;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.lastNanos = startNanos;
    }

    /** Looks at everything once. */
    void look(Snapshot figures, List<HealthTree.Entry> health, List<RuleSpec> specs) {
        long nanos = nanoTime.getAsLong();
        Instant now = clock.instant();
        Map<String, AlertRule> rules = specs.stream()
                .map(RuleSpec::rule)
                .collect(Collectors.toMap(AlertRule::id, rule -> rule, (one, other) -> one, LinkedHashMap::new));
        Set<String> wanted = rules.values().stream().map(AlertRule::metric).collect(Collectors.toSet());
        goOn(nanos);
        Scene scene = scenes.make(figures, health, wanted, nanos);
        conditions = Evaluation.step(conditions, scene, specs, nanos);
        NoticeBook.Changes changes = book.update(Evaluation.told(conditions, specs), rules, now);
        changes.began().forEach(notice -> untold.add(notice.id()));
        changes.began().forEach(live::publish);
        changes.changed().forEach(live::publish);
        changes.ended().forEach(this::over);
        for (Notice notice : book.unsilenced(now)) {
            untold.add(notice.id());
            live.publish(notice);
        }
        tell(nanos);
        lastNanos = nanos;
    }

    /** Notices of before the start hold until it is known that they do not. */
    private void goOn(long nanos) {
        Map<Key, Condition> seeded = new LinkedHashMap<>(conditions);
        for (Notice notice = adopted.poll(); notice != null; notice = adopted.poll()) {
            Reading last = new Reading(notice.value(), Map.of());
            seeded.put(NoticeBook.key(notice), new Condition(Phase.FIRING, nanos, last));
            if (Outcomes.anySent(notice.delivery())) {
                told.put(notice.id(), nanos);
            } else {
                untold.add(notice.id());
            }
        }
        conditions = seeded;
    }

    private void over(Notice notice) {
        live.publish(notice);
        told.remove(notice.id());
        if (!untold.remove(notice.id()) && notice.silencedUntil() == null) {
            teller.accept(notice, Message.Kind.OVER);
        }
    }

    private void tell(long nanos) {
        if (!loaded.getAsBoolean() && nanos - startNanos < GRACE.toNanos()) {
            return;
        }
        Map<String, Notice> open = book.open().stream().collect(Collectors.toMap(Notice::id, notice -> notice));
        for (String id : untold) {
            Notice notice = open.get(id);
            if (notice != null && quiet(notice) == null) {
                // One that was told before its silence is told again after it.
                boolean again = told.put(id, nanos) != null;
                teller.accept(notice, again ? Message.Kind.REMINDER : Message.Kind.BEGAN);
            }
        }
        untold.removeIf(id -> isDone(open.get(id)));
        told.keySet().retainAll(open.keySet());
        told.replaceAll((id, before) -> {
            Notice notice = open.get(id);
            if (notice == null
                    || notice.severity() == Severity.INFO
                    || quiet(notice) != null
                    || nanos - before < REMINDER.toNanos()) {
                return before;
            }
            teller.accept(notice, Message.Kind.REMINDER);
            return nanos;
        });
    }

    private static boolean isDone(@Nullable Notice notice) {
        return notice == null || notice.acknowledgedAt() != null || notice.silencedUntil() == null;
    }

    /** {@return since when, or until when, nobody wants to be told of it; null if somebody does} */
    private static @Nullable Instant quiet(Notice notice) {
        return notice.acknowledgedAt() != null ? notice.acknowledgedAt() : notice.silencedUntil();
    }

    /** Takes over what the store kept. */
    void adopt(List<Notice> kept) {
        adopted.addAll(book.adopt(kept, clock.instant()));
    }

    void delivered(Notice notice, String channel, String outcome) {
        Notice after = book.delivered(notice.id(), channel, outcome);
        if (after != null) {
            live.publish(after);
        }
    }

    /** {@return monotonic time of the last look, or of the start} */
    long lastNanos() {
        return lastNanos;
    }
}
