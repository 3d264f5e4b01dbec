// SPDX-License-Identifier: Apache-2.0
package org.solera.hardware.rest.internal;

import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.solera.hardware.api.HardwareService;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;

/** What this box is and what it can run, under {@code /api/v1/hardware}. Thread-safe. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class HardwareResource {
    private final ServiceGate<HardwareService> hardware;

    HardwareResource(ServiceGate<HardwareService> hardware) {
        this.hardware = hardware;
    }

    /** {@return what the probes found} */
    @GET
    @Path("inventory")
    public InventoryDto inventory() throws SoleraException {
        return ask(service -> InventoryDto.of(service.inventory()));
    }

    /** {@return the profile in force, why, and what follows from it} */
    @GET
    @Path("profile")
    public ProfileDto profile() throws SoleraException {
        return ask(ProfileDto::of);
    }

    /** {@return every known feature of the product and whether this box can run it} */
    @GET
    @Path("features")
    public List<FeatureDto> features() throws SoleraException {
        return ask(service -> service.features().stream().map(FeatureDto::of).toList());
    }

    /** {@return whether this box can run a feature, and if not, why and what can be done} */
    @GET
    @Path("features/{name}")
    public FeatureDto feature(@PathParam("name") String name) throws SoleraException {
        return ask(service -> FeatureDto.of(service.judge(name)));
    }

    /** Probes the machine now. {@return what was found} */
    @POST
    @Path("probe")
    public InventoryDto probe() throws SoleraException {
        return ask(service -> InventoryDto.of(service.probe()));
    }

    /** One question to the service. */
    @FunctionalInterface
    private interface Question<R> {
        R answer(HardwareService service) throws SoleraException;
    }

    private <R> R ask(Question<R> question) throws SoleraException {
        try (ServiceGate.Use<HardwareService> use = hardware.enter()) {
            return question.answer(use.service());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SoleraException(
                    PlatformError.BUSY, "The request was ended before it was answered.", "Try again.", interrupted);
        }
    }
}
