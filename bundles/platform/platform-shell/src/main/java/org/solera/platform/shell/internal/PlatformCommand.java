// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.shell.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;

/** What all commands of the platform share: they hold a service only while they use it, and print lines. */
abstract class PlatformCommand implements Action {
    @Reference
    @Nullable
    BundleContext context;

    @Reference
    @Nullable
    Session session;

    /** Uses a service. */
    interface Use<S, R> {
        R with(S service) throws SoleraException;
    }

    /** One of several services of a type, and the bundle that gave it. */
    record Given<S>(S service, long bundleId) {}

    @Override
    public final @Nullable Object execute() {
        PrintStream out = session().getConsole();
        try {
            run(out);
        } catch (SoleraException refusal) {
            out.println(refusal.explain());
        } catch (IOException closed) {
            out.println("The input ended: " + closed.getMessage());
        }
        return null;
    }

    abstract void run(PrintStream out) throws SoleraException, IOException;

    final Session session() {
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
    final <S, R> R ask(Class<S> type, Use<S, R> use) throws SoleraException {
        ServiceReference<S> reference = context().getServiceReference(type);
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

    /** Reads something from every service of a type, in order of their bundles. */
    final <S, R> List<R> askAll(Class<S> type, Use<Given<S>, R> use) throws SoleraException {
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
    final String nameOf(long bundleId) {
        Bundle bundle = bundleId < 0 ? null : context().getBundle(bundleId);
        return bundle == null ? "-" : "%s/%s (%d)".formatted(bundle.getSymbolicName(), bundle.getVersion(), bundleId);
    }

    final List<Bundle> bundles() {
        return Arrays.asList(context().getBundles());
    }
}
