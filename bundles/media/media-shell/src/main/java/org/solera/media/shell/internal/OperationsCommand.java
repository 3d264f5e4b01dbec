// SPDX-License-Identifier: Apache-2.0
package org.solera.media.shell.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.solera.media.api.MediaOperations;
import org.solera.media.api.MediaOperations.Grammar;
import org.solera.platform.api.SoleraException;

/** Explains the operations. */
@Service
@Command(scope = "media", name = "operations", description = "Explains the media operations")
public final class OperationsCommand implements Action {
    @Reference
    private @Nullable BundleContext context;

    @Override
    public Object execute() throws SoleraException, InterruptedException {
        List<Grammar> grammar = Services.call(context, MediaOperations.class, MediaOperations::grammar);
        return grammar.stream()
                .map(each -> each.form() + "\n    " + each.meaning())
                .collect(Collectors.joining("\n"));
    }
}
