// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.rest.internal;

import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.solera.platform.api.Appliance;
import org.solera.platform.api.spi.RestModule;
import org.solera.upgrade.api.FeatureLedger;
import org.solera.upgrade.api.SwapService;

/** The REST resources of upgrades. The engine behind them is never replaced while the appliance runs. */
@Component(service = RestModule.class)
public final class UpgradeRestModule implements RestModule {
    private final Set<Object> resources;

    @Activate
    public UpgradeRestModule(
            @Reference SwapService swaps, @Reference FeatureLedger ledger, @Reference Appliance appliance) {
        this.resources = Set.of(
                new SwapsResource(swaps, appliance.cacheDirectory("upgrade")),
                new InstalledResource(ledger),
                new RepositoriesResource(ledger, appliance.dataDirectory()));
    }

    @Override
    public String domain() {
        return "upgrades";
    }

    @Override
    public Set<Object> resources() {
        return resources;
    }
}
