// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.notices.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.secrets.Sealer;

/** Opens sealed settings at the moment of their use. Thread-safe. */
@Component(service = Secrets.class)
public final class Secrets {
    private static final Logger log = LoggerFactory.getLogger(Secrets.class);
    private static final String WHAT = "The keeper of secrets";

    private final ServiceGate<Sealer> sealers = new ServiceGate<>(WHAT);

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void bindSealer(Sealer sealer, Map<String, ?> properties) {
        sealers.bind(sealer, properties);
    }

    void unbindSealer(Sealer sealer) {
        if (!sealers.unbind(sealer)) {
            log.warn("The keeper of secrets left while a secret was opened.");
        }
    }

    /** {@return the secret in the clear; a text that is not sealed is given back as it is} */
    String open(String purpose, String text) throws SoleraException {
        if (!text.startsWith(Sealer.PREFIX)) {
            return text;
        }
        try (ServiceGate.Use<Sealer> use = sealers.enter()) {
            return new String(use.service().unseal(purpose, text), StandardCharsets.UTF_8);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new DrainingException(WHAT);
        }
    }
}
