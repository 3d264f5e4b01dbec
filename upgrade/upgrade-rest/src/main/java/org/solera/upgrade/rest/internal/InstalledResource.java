// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.rest.internal;

import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.solera.upgrade.api.FeatureLedger;

/** What is installed, in which version and why. */
@Path("installed")
@Produces(MediaType.APPLICATION_JSON)
public final class InstalledResource {
    private final FeatureLedger ledger;

    InstalledResource(FeatureLedger ledger) {
        this.ledger = ledger;
    }

    /** {@return the record of what is installed, by name} */
    @GET
    public List<InstalledDto> list() {
        return ledger.installed().stream().map(InstalledDto::of).toList();
    }
}
