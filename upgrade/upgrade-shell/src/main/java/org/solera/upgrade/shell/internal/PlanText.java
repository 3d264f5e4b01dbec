// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.shell.internal;

import java.io.PrintStream;
import java.util.List;
import org.solera.upgrade.api.SwapPlan;
import org.solera.upgrade.api.SwapRecord;

/** Writes plans and swaps for people. Stateless. */
final class PlanText {
    private PlanText() {}

    static void print(PrintStream out, SwapPlan plan) {
        out.printf(
                "Replaces %s %s by %s, in the feature %s.%n",
                plan.bundle(), plan.fromVersion(), plan.toVersion(), plan.feature());
        line(out, "Adds", plan.add());
        line(out, "Removes", plan.remove());
        line(out, "Refreshes", plan.refresh());
        line(out, "Hands over", plan.owned());
        line(out, "Ports", plan.affectedPorts());
        out.printf("Longest pause of a request: %d ms.%n", plan.longestPauseMillis());
        out.printf("Plan: %s%n", plan.hash());
    }

    private static void line(PrintStream out, String what, List<String> names) {
        out.printf("  %-11s%s%n", what, names.isEmpty() ? "nothing" : String.join(", ", names));
    }

    static void print(PrintStream out, SwapRecord swap) {
        swap.steps().forEach(step -> out.printf("  %s%n", step));
        out.printf("Swap %d: %s.%n", swap.id(), swap.phase());
        if (!swap.failure().isEmpty()) {
            out.println(swap.failure());
        }
    }
}
