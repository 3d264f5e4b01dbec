// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.shell.internal;

import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.solera.hardware.api.HardwareService;
import org.solera.platform.api.SoleraException;

/** What all commands of the hardware domain share: they ask the newest service and print lines. */
abstract class HardwareCommand implements Action {
    @Reference
    protected @Nullable BundleContext context;

    @Reference
    protected @Nullable Session session;

    @Override
    public final @Nullable Object execute() {
        try {
            run(console());
        } catch (SoleraException failure) {
            console().println(failure.explain());
        }
        return null;
    }

    /** Does the work of the command. */
    abstract void run(PrintStream out) throws SoleraException;

    private PrintStream console() {
        if (session == null) {
            throw new IllegalStateException("The shell gave no session");
        }
        return session.getConsole();
    }

    BundleContext bundleContext() {
        if (context == null) {
            throw new IllegalStateException("The shell gave no bundle context");
        }
        return context;
    }

    /** Asks the hardware service. */
    <R> R ask(Newest.Work<HardwareService, R> question) throws SoleraException {
        return Newest.use(bundleContext(), HardwareService.class, "The hardware service", question);
    }
}
