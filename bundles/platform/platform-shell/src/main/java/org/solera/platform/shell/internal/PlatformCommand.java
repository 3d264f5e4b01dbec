// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.ShellUtil;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.solera.platform.api.Grant;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Role;
import org.solera.platform.api.SoleraException;

/**
 * What all commands of the platform share: they hold a service only while they use it, print lines, and fail with the
 * cause and the next action in one line. Used by one thread.
 */
public abstract class PlatformCommand implements Action {
    /** The service that was not found stays away for a moment only while it is replaced. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Reference
    @Nullable
    BundleContext context;

    @Reference
    @Nullable
    Session session;

    /** Uses a service. */
    protected interface Use<S, R> {
        R with(S service) throws SoleraException;
    }

    /** One of several services of a type, and the bundle that gave it. */
    protected record Given<S>(S service, long bundleId) {}

    @Override
    public final @Nullable Object execute() throws CommandException {
        try {
            run(session().getConsole());
        } catch (SoleraException refusal) {
            throw new CommandException(refusal.explain(), refusal);
        } catch (IOException failure) {
            throw new CommandException("It could not be read or written: " + failure.getMessage(), failure);
        }
        return null;
    }

    protected abstract void run(PrintStream out) throws SoleraException, IOException;

    /** {@return login name of whoever runs the command} */
    protected static String who() {
        String name = ShellUtil.getCurrentUserName();
        return name == null ? "-" : name;
    }

    /** {@return a refusal of what was typed} */
    protected static SoleraException invalid(String cause, String nextAction, @Nullable Exception wrong) {
        return new SoleraException(PlatformError.INVALID_REQUEST, cause, nextAction, wrong);
    }

    /** Asks for a secret without showing it; the caller clears the array. */
    protected final char[] readSecret(String prompt) throws IOException {
        String line = session().readLine(prompt, '*');
        return line == null ? new char[0] : line.toCharArray();
    }

    /** Asks for a new secret twice; the caller clears the array. */
    protected final char[] readNewSecret(String what) throws SoleraException, IOException {
        char[] first = readSecret(what + ": ");
        char[] second = readSecret("Again: ");
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, ' ');
        if (!same) {
            Arrays.fill(first, ' ');
            throw invalid("The two are not the same.", "Nothing was changed.", null);
        }
        return first;
    }

    /** {@return a time: an instant, a date, or so long from now: {@code 90d}, {@code 12h}, {@code 30m}} */
    protected static Instant time(String text, Instant now) throws SoleraException {
        try {
            if (text.matches("[0-9]{1,5}[dhm]")) {
                long number = Long.parseLong(text, 0, text.length() - 1, 10);
                return switch (text.charAt(text.length() - 1)) {
                    case 'd' -> now.plus(Duration.ofDays(number));
                    case 'h' -> now.plus(Duration.ofHours(number));
                    default -> now.plus(Duration.ofMinutes(number));
                };
            }
            return text.length() == 10 ? Instant.parse(text + "T00:00:00Z") : Instant.parse(text);
        } catch (DateTimeParseException wrong) {
            throw invalid(
                    "%s is no time.".formatted(text),
                    "Write 90d, 12h, 30m, 2026-12-31 or 2026-12-31T12:00:00Z.",
                    wrong);
        }
    }

    /** {@return grants as typed, by comma: {@code OPERATOR,VIEWER@bucket:photos}} */
    protected static Set<Grant> grants(String text) throws SoleraException {
        Set<Grant> grants = new TreeSet<>(Comparator.comparing(Grant::toString));
        for (String each : text.split(",", 200)) {
            try {
                if (!each.isBlank()) {
                    grants.add(Grant.parse(each.strip()));
                }
            } catch (IllegalArgumentException wrong) {
                throw invalid(
                        "%s is no grant.".formatted(each.strip()),
                        "Write a role (%s), with @bucket:NAME or @hub:NAME if it holds there only."
                                .formatted(Arrays.toString(Role.values())),
                        wrong);
            }
        }
        return grants;
    }

    protected final Session session() {
        if (session == null) {
            throw new IllegalStateException("The shell gives every command its session.");
        }
        return session;
    }

    private BundleContext context() {
        if (context == null) {
            throw new IllegalStateException("The shell gives every command its bundle context.");
        }
        return context;
    }

    /** Uses the best service of a type. */
    protected final <S, R> R ask(Class<S> type, Use<S, R> use) throws SoleraException {
        ServiceReference<S> reference = find(type);
        S service = reference == null ? null : context().getService(reference);
        if (reference == null || service == null) {
            throw new SoleraException(
                    PlatformError.DRAINING,
                    "The service %s is not there.".formatted(type.getSimpleName()),
                    "Ask platform:health for what is missing.",
                    null);
        }
        try {
            return use.with(service);
        } finally {
            context().ungetService(reference);
        }
    }

    /** Writes something with a service. */
    protected interface Writing<S> {
        void with(S service) throws SoleraException, IOException;
    }

    /** Lets the best service of a type write something. */
    protected final <S> void askFile(Class<S> type, Writing<S> writing) throws SoleraException, IOException {
        Optional<IOException> failure = ask(type, service -> {
            try {
                writing.with(service);
                return Optional.empty();
            } catch (IOException broken) {
                return Optional.of(broken);
            }
        });
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private <S> @Nullable ServiceReference<S> find(Class<S> type) {
        ServiceReference<S> reference = context().getServiceReference(type);
        if (reference != null) {
            return reference;
        }
        ServiceTracker<S, S> tracker = new ServiceTracker<>(context(), type, null);
        tracker.open();
        try {
            tracker.waitForService(PATIENCE.toMillis());
            return tracker.getServiceReference();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            tracker.close();
        }
    }

    /** Reads something from every service of a type, in order of their bundles. */
    protected final <S, R> List<R> askAll(Class<S> type, Use<Given<S>, R> use) throws SoleraException {
        List<R> answers = new ArrayList<>();
        try {
            List<ServiceReference<S>> references = context().getServiceReferences(type, null).stream()
                    .sorted(Comparator.comparingLong(PlatformCommand::bundleOf))
                    .toList();
            for (ServiceReference<S> reference : references) {
                S service = context().getService(reference);
                if (service != null) {
                    answers.add(use.with(new Given<>(service, bundleOf(reference))));
                    context().ungetService(reference);
                }
            }
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException("There is no filter.", impossible);
        }
        return answers;
    }

    private static long bundleOf(ServiceReference<?> reference) {
        return reference.getProperty("service.bundleid") instanceof Long id ? id : -1;
    }

    /** {@return the bundle as people know it} */
    protected final String nameOf(long bundleId) {
        Bundle bundle = bundleId < 0 ? null : context().getBundle(bundleId);
        return bundle == null ? "-" : "%s/%s (%d)".formatted(bundle.getSymbolicName(), bundle.getVersion(), bundleId);
    }

    protected final List<Bundle> bundles() {
        return Arrays.asList(context().getBundles());
    }
}
