// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.Identity;
import org.solera.platform.api.NamedExecutors;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Scope;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Action;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.access.Domain;
import org.solera.platform.api.access.Permissions;
import org.solera.platform.api.live.LiveEvents;
import org.solera.platform.api.rest.RestError;
import org.solera.platform.api.spi.Drainable;
import org.solera.platform.net.api.DetachedAnswer;
import org.solera.platform.net.api.HttpErrorPages;
import org.solera.platform.net.api.HttpExchange;
import org.solera.platform.net.api.HttpHandler;
import org.solera.platform.net.api.PortNames;

/**
 * Serves {@code GET /api/v1/system/events}, a stream of what changes, to everybody who may read the system. A stream holds no
 * thread. At most {@value #STREAMS} streams; more are a 503. Thread-safe.
 */
@Component(
        immediate = true,
        service = {HttpHandler.class, Drainable.class},
        property = {PortNames.PORT_NAME + "=" + PortNames.CONSOLE, PortNames.PATH_PREFIX + "=" + EventsHandler.PATH})
public final class EventsHandler implements HttpHandler, HttpErrorPages, Drainable {
    static final String PATH = "/api/v1/system/events";

    private static final Logger log = LoggerFactory.getLogger(EventsHandler.class);
    private static final int STREAMS = 200;
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final int QUIET_BEATS = 4;

    private final RestServices services;
    private final Callers callers;
    private final ProblemPages pages = new ProblemPages();
    private final ScheduledExecutorService scheduler;
    private final EventHub hub;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<LiveEvents, LiveEvents.Subscription> sources = new HashMap<>(); // guarded by this
    private final Set<LiveEvents> known = new HashSet<>(); // guarded by this
    private boolean subscribed; // guarded by this
    private int quietBeats; // guarded by this

    @Activate
    public EventsHandler(@Reference NamedExecutors executors, @Reference RestServices services) {
        this(
                executors.openScheduler("rest", "events"),
                services,
                TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()));
    }

    EventsHandler(ScheduledExecutorService scheduler, RestServices services, long firstId) {
        this.services = services;
        this.callers = new Callers(services);
        this.scheduler = scheduler;
        this.hub = new EventHub(firstId, this::passSoon);
        var unused = scheduler.scheduleAtFixedRate(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindLiveEvents(LiveEvents source) {
        known.add(source);
        if (subscribed) {
            sources.put(source, source.subscribe(hub::accept));
        }
    }

    synchronized void unbindLiveEvents(LiveEvents source) {
        known.remove(source);
        LiveEvents.Subscription subscription = sources.remove(source);
        if (subscription != null) {
            subscription.close();
        }
    }

    private void passSoon() {
        try {
            var unused = scheduler.schedule(hub::pass, GATHER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            log.debug("An event is not passed on: the streams are closing.", closing);
        }
    }

    /** While nobody watches, publishers are saved the work; those who come back within a minute miss nothing. */
    private synchronized void subscribe() {
        quietBeats = 0;
        if (!subscribed) {
            subscribed = true;
            known.forEach(source -> sources.put(source, source.subscribe(hub::accept)));
        }
    }

    private synchronized void unsubscribe() {
        subscribed = false;
        sources.values().forEach(LiveEvents.Subscription::close);
        sources.clear();
    }

    void beat() {
        hub.streams().forEach(EventStream::beat);
        synchronized (this) {
            quietBeats = hub.streams().isEmpty() ? quietBeats + 1 : 0;
            if (subscribed && quietBeats >= QUIET_BEATS) {
                unsubscribe();
            }
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String id = exchange.requestId();
        if (!exchange.request().method().equals(HttpMethod.GET)) {
            pages.respond(exchange, ProblemMapper.ofStatus(405, id));
            return;
        }
        HeadOf head = new HeadOf(exchange);
        Caller caller;
        try {
            caller = caller(head);
        } catch (SoleraException refusal) {
            pages.respond(exchange, Problem.of(refusal, id));
            return;
        }
        try {
            if (open.incrementAndGet() > STREAMS) {
                open.decrementAndGet();
                throw new SoleraException(
                        PlatformError.BUSY,
                        "%d streams of events are open, which is the most.".formatted(STREAMS),
                        "Close some windows of the console.",
                        null);
            }
            begin(exchange, standing(caller, head));
        } catch (SoleraException refusal) {
            pages.respond(exchange, Problem.of(refusal, id));
        }
    }

    private Caller caller(HeadOf head) throws SoleraException {
        Callers.Known known = callers.find(head)
                .orElseThrow(() -> new SoleraException(
                        PlatformError.UNAUTHENTICATED, "This needs a login.", "Sign in on the console.", null));
        if (known.mustChangePassword()) {
            throw new SoleraException(
                    RestError.PASSWORD_CHANGE_REQUIRED,
                    "The password has to be changed first.",
                    "Set a new one with PUT /api/v1/users/me/password.",
                    null);
        }
        if (!mayWatch(known.caller().identity())) {
            throw new SoleraException(
                    PlatformError.FORBIDDEN, "This account may not do this.", "Ask the owner of the appliance.", null);
        }
        return known.caller();
    }

    private static boolean mayWatch(Identity identity) {
        return Permissions.allows(identity, Domain.SYSTEM, Action.READ, Scope.EVERYWHERE);
    }

    /** A stream is no request of a session: it must not keep one alive that nobody uses. */
    private EventStream.Standing standing(Caller caller, HeadOf head) {
        return () -> switch (caller.means()) {
            case SESSION ->
                services.sessions().peek().stream()
                        .flatMap(sessions -> sessions.of(caller.getName()).stream())
                        .anyMatch(session -> session.id().equals(caller.credential()) && mayWatch(session.identity()));
            case TOKEN ->
                callers.find(head)
                        .filter(known -> mayWatch(known.caller().identity()))
                        .isPresent();
            case PASSWORD ->
                services.users()
                        .peek()
                        .map(users -> mayWatch(new Identity(caller.getName(), users.effectiveGrants(caller.getName()))))
                        .orElse(true);
        };
    }

    private void begin(HttpExchange exchange, EventStream.Standing standing) throws IOException {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
        SecurityHeaders.add(headers);
        DetachedAnswer answer;
        try {
            answer = exchange.detach(HttpResponseStatus.OK, headers);
        } catch (IOException | RuntimeException failed) {
            open.decrementAndGet();
            throw failed;
        }
        EventStream stream = new EventStream(answer, topics(exchange), standing);
        answer.onEnd(() -> {
            hub.leave(stream);
            open.decrementAndGet();
        });
        answer.offer("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
        subscribe();
        hub.join(stream, lastId(exchange));
        stream.flush();
    }

    private static Set<String> topics(HttpExchange exchange) {
        List<String> asked =
                new QueryStringDecoder(exchange.request().uri()).parameters().getOrDefault("topics", List.of());
        return asked.stream()
                .flatMap(each -> Arrays.stream(each.split(",", 50)))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toSet());
    }

    private static long lastId(HttpExchange exchange) {
        String text = exchange.request().headers().get("Last-Event-ID");
        if (text == null) {
            return -1;
        }
        try {
            return Math.max(0, Long.parseLong(text.strip()));
        } catch (NumberFormatException odd) {
            log.debug("A browser sent the last event '{}'.", text, odd);
            return 0;
        }
    }

    private record HeadOf(HttpExchange exchange) implements Callers.Head {
        @Override
        public @Nullable String header(String name) {
            return exchange.request().headers().get(name);
        }

        @Override
        public String origin() {
            return exchange.remote().getAddress().getHostAddress();
        }

        @Override
        public boolean reading() {
            return true;
        }
    }

    @Override
    public ErrorPage render(int status, String code, String message, String requestId) {
        return pages.render(status, code, message, requestId);
    }

    @Override
    public String name() {
        return "platform.events";
    }

    @Override
    public int inFlight() {
        return open.get();
    }

    /** Browsers open their streams anew, with the version that serves by then. */
    @Override
    public boolean drain(Duration deadline) {
        hub.streams().forEach(EventStream::end);
        return true;
    }

    @Override
    public void resume() {
        log.debug("Streams are opened by the browsers.");
    }

    @Deactivate
    void close() {
        scheduler.shutdownNow();
        unsubscribe();
        hub.streams().forEach(EventStream::end);
    }
}
