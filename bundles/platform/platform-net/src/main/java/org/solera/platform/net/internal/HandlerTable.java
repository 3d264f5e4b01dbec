// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.net.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.solera.platform.api.DrainGate;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.Lease;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.ServiceRank;
import org.solera.platform.net.api.PortNames;

/**
 * Who serves what, for one kind of handler: every version that is registered, by port and path prefix. New work goes to
 * the best version that is not draining; work under way keeps its version.
 *
 * <p><b>Thread-safety:</b> thread-safe; look-ups read a snapshot and take no lock of the table.
 *
 * @param <H> the kind of handler
 */
final class HandlerTable<H> {
    /** For so long a prefix whose handlers are all gone is taken for one that is being replaced. */
    private static final Duration MEMORY = Duration.ofSeconds(60);

    private static final int TRIES = 3;

    /** What a look-up found. */
    enum Outcome {
        /** A handler, entered. */
        FOUND,
        /** None now; one may come in a moment. */
        ABSENT,
        /** Nothing is served there. */
        UNKNOWN
    }

    /**
     * The result of a look-up.
     *
     * @param outcome what was found
     * @param use the handler and the lease of this call, when found
     */
    record Match<H>(Outcome outcome, Optional<Use<H>> use) {}

    /**
     * A handler that was entered.
     *
     * @param handler the version that serves this call
     * @param lease keeps that version until closed
     */
    record Use<H>(H handler, Lease lease) {}

    /** One handler at one place. */
    private static final class Bound<H> {
        private final H handler;
        private final ServiceRank rank;
        private final String port;
        private final String prefix;
        private final String bundle;
        private final DrainGate gate;
        private volatile boolean draining;

        Bound(H handler, ServiceRank rank, String port, String prefix, String bundle) {
            this.handler = handler;
            this.rank = rank;
            this.port = port;
            this.prefix = prefix;
            this.bundle = bundle;
            this.gate = new DrainGate(bundle);
        }
    }

    /** All versions at one place, best first; empty when they are all gone or draining. */
    private record Place<H>(String prefix, List<Bound<H>> versions, long emptySinceNanos) {
        boolean covers(String path) {
            return path.startsWith(prefix)
                    && (prefix.endsWith("/")
                            || path.length() == prefix.length()
                            || path.charAt(prefix.length()) == '/');
        }
    }

    private final List<Bound<H>> bound = new ArrayList<>(); // guarded by this
    private final Set<Runnable> waiters = ConcurrentHashMap.newKeySet();
    private volatile Map<String, List<Place<H>>> snapshot = Map.of(); // by port; longest prefix first

    /**
     * Adds a handler at every port and prefix that its properties name.
     *
     * @param bundle the bundle it comes from, for people
     */
    void bind(H handler, Map<String, ?> properties, String bundle) {
        ServiceRank rank = ServiceRank.of(properties);
        synchronized (this) {
            for (String port : texts(properties.get(PortNames.PORT_NAME), "")) {
                for (String prefix : texts(properties.get(PortNames.PATH_PREFIX), "/")) {
                    bound.add(new Bound<>(handler, rank, port, prefix.startsWith("/") ? prefix : "/" + prefix, bundle));
                }
            }
            publish();
        }
        wake();
    }

    /** Takes a handler away; calls inside it get {@link ServiceGate#UNBIND_LIMIT} to end. */
    void unbind(H handler) {
        List<Bound<H>> leaving;
        synchronized (this) {
            leaving = bound.stream().filter(each -> each.handler == handler).toList();
            bound.removeAll(leaving);
            publish();
        }
        long deadline = System.nanoTime() + ServiceGate.UNBIND_LIMIT.toNanos();
        try {
            drainAll(leaving, deadline);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the handlers of a bundle no new calls and waits until those under way end, or {@code deadlineNanos}. */
    boolean drain(long bundleId, long deadlineNanos) throws InterruptedException {
        List<Bound<H>> leaving = ofBundle(bundleId, true);
        return drainAll(leaving, deadlineNanos);
    }

    private boolean drainAll(List<Bound<H>> leaving, long deadlineNanos) throws InterruptedException {
        boolean complete = true;
        for (Bound<H> each : leaving) {
            complete &= each.gate.drain(Duration.ofNanos(deadlineNanos - System.nanoTime()));
        }
        return complete;
    }

    /** Gives the handlers of a bundle calls again. */
    void resume(long bundleId) {
        ofBundle(bundleId, false).forEach(each -> each.gate.reopen());
        wake();
    }

    private synchronized List<Bound<H>> ofBundle(long bundleId, boolean draining) {
        List<Bound<H>> found =
                bound.stream().filter(each -> each.rank.bundleId() == bundleId).toList();
        found.forEach(each -> each.draining = draining);
        publish();
        return found;
    }

    private void publish() {
        Map<String, Map<String, Place<H>>> places = new HashMap<>();
        long now = System.nanoTime();
        snapshot.forEach((port, known) -> {
            for (Place<H> place : known) {
                long since = place.versions().isEmpty() ? place.emptySinceNanos() : now;
                if (now - since < MEMORY.toNanos()) {
                    places.computeIfAbsent(port, any -> new HashMap<>())
                            .put(place.prefix(), new Place<>(place.prefix(), List.of(), since));
                }
            }
        });
        bound.stream()
                .sorted(Comparator.comparing((Bound<H> each) -> each.rank).reversed())
                .forEach(each -> {
                    Map<String, Place<H>> ofPort = places.computeIfAbsent(each.port, any -> new HashMap<>());
                    Place<H> before = ofPort.getOrDefault(each.prefix, new Place<>(each.prefix, List.of(), now));
                    List<Bound<H>> versions = new ArrayList<>(before.versions());
                    if (!each.draining) {
                        versions.add(each);
                    }
                    ofPort.put(each.prefix, new Place<>(each.prefix, List.copyOf(versions), before.emptySinceNanos()));
                });
        Map<String, List<Place<H>>> next = new HashMap<>();
        places.forEach((port, ofPort) -> next.put(
                port,
                ofPort.values().stream()
                        .sorted(Comparator.comparingInt(
                                (Place<H> place) -> -place.prefix().length()))
                        .toList()));
        snapshot = Map.copyOf(next);
    }

    /**
     * Enters the best handler for a path.
     *
     * @param port name of the port
     * @param path path of the request; {@code /} for connections and datagrams
     */
    Match<H> find(String port, String path) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            List<Place<H>> places = snapshot.getOrDefault(port, List.of());
            Optional<Place<H>> place = places.stream()
                    .filter(each -> each.covers(path))
                    .filter(each -> !each.versions().isEmpty() || remembered(each))
                    .findFirst();
            if (place.isEmpty()) {
                boolean nothing =
                        places.stream().allMatch(each -> each.versions().isEmpty());
                return new Match<>(nothing ? Outcome.ABSENT : Outcome.UNKNOWN, Optional.empty());
            }
            if (place.get().versions().isEmpty()) {
                return new Match<>(Outcome.ABSENT, Optional.empty());
            }
            Bound<H> best = place.get().versions().get(0);
            try {
                return new Match<>(Outcome.FOUND, Optional.of(new Use<>(best.handler, best.gate.enter())));
            } catch (DrainingException closing) {
                continue; // it began to drain after the snapshot was taken; the next snapshot is without it
            }
        }
        return new Match<>(Outcome.ABSENT, Optional.empty());
    }

    /** {@return the best handler for a path, or the best of the port where none fits; not entered} */
    Optional<H> peek(String port, String path) {
        List<Place<H>> places = snapshot.getOrDefault(port, List.of()).stream()
                .filter(each -> !each.versions().isEmpty())
                .toList();
        Optional<Place<H>> fitting =
                places.stream().filter(each -> each.covers(path)).findFirst();
        return fitting.or(() -> places.isEmpty() ? Optional.empty() : Optional.of(places.get(places.size() - 1)))
                .map(place -> place.versions().get(0).handler);
    }

    private static boolean remembered(Place<?> place) {
        return System.nanoTime() - place.emptySinceNanos() < MEMORY.toNanos();
    }

    /** Runs a task, once or more often, when a handler comes, until it is forgotten. The task must be quick. */
    void await(Runnable task) {
        waiters.add(task);
    }

    void forget(Runnable task) {
        waiters.remove(task);
    }

    private void wake() {
        waiters.forEach(Runnable::run);
    }

    /** {@return the bundles that serve a port, best first, once each} */
    List<String> bundles(String port) {
        return snapshot.getOrDefault(port, List.of()).stream()
                .flatMap(place -> place.versions().stream())
                .sorted(Comparator.comparing((Bound<H> each) -> each.rank).reversed())
                .map(each -> each.bundle)
                .distinct()
                .toList();
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Object property, String missing) {
        if (property instanceof String one) {
            return List.of(one);
        }
        if (property instanceof Object[] several) {
            return Arrays.stream(several).map(String::valueOf).toList();
        }
        if (property instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        return List.of(missing);
    }
}
