// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.operations.Operation;
import org.solera.platform.api.operations.Operation.State;
import org.solera.platform.api.operations.Operations;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;

/** Long operations, their progress and the cause of every wait. Thread-safe. */
@Path("operations")
@Produces(MediaType.APPLICATION_JSON)
@Described("Work that takes longer than a request.")
public final class OperationsResource {
    private final ServiceGate<Operations> operations;

    OperationsResource(ServiceGate<Operations> operations) {
        this.operations = operations;
    }

    /** An operation; {@code state} in lower case. */
    record OperationDto(
            String id,
            String kind,
            String title,
            String target,
            String who,
            String state,
            String waitingFor,
            long done,
            long total,
            String unit,
            boolean cancellable,
            String message,
            String nextAction,
            String result,
            Instant createdAt,
            Instant changedAt,
            @Nullable Instant endedAt) {
        static OperationDto of(Operation operation) {
            return new OperationDto(
                    operation.id(),
                    operation.kind(),
                    operation.title(),
                    operation.target(),
                    operation.who(),
                    operation.state().name().toLowerCase(Locale.ROOT),
                    operation.waitingFor(),
                    operation.done(),
                    operation.total(),
                    operation.unit(),
                    operation.cancellable(),
                    operation.message(),
                    operation.nextAction(),
                    operation.result(),
                    operation.createdAt(),
                    operation.changedAt(),
                    operation.endedAt());
        }
    }

    @GET
    @Described(
            "Operations, newest first. state is running, waiting, ended or one outcome; kind is the beginning of one.")
    public Page<OperationDto> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws SoleraException {
        checkState(state);
        List<Operation> found = Calls.ask(operations, Operations::operations).stream()
                .filter(each -> state == null || state.isEmpty() || is(each.state(), state))
                .filter(each -> kind == null || each.kind().startsWith(kind))
                .sorted(Comparator.comparing(OperationsResource::place))
                .toList();
        return Page.of(found, OperationsResource::place, Requests.limit(limit), cursor)
                .map(OperationDto::of);
    }

    private static void checkState(@Nullable String state) throws SoleraException {
        if (state == null || state.isEmpty() || state.equals("ended")) {
            return;
        }
        for (State each : State.values()) {
            if (is(each, state)) {
                return;
            }
        }
        throw Requests.invalid("There is no state %s.".formatted(state), "Ask for waiting, running or ended.", null);
    }

    private static boolean is(State state, String word) {
        return word.equals("ended")
                ? state.ended()
                : state.name().toLowerCase(Locale.ROOT).equals(word);
    }

    /** {@return a text that sorts the newest first} */
    private static String place(Operation operation) {
        return "%016x%s".formatted(Long.MAX_VALUE - operation.createdAt().toEpochMilli(), operation.id());
    }

    @GET
    @Path("{id}")
    @Described("One operation.")
    public OperationDto get(@PathParam("id") String id) throws SoleraException {
        return OperationDto.of(Calls.ask(operations, service -> service.operation(id))
                .orElseThrow(() -> Requests.notFound("operation " + id)));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed({"OWNER", "OPERATOR", "ENGINEER"})
    @Described("Asks an operation to stop.")
    public OperationDto cancel(@PathParam("id") String id) throws SoleraException {
        return OperationDto.of(Calls.ask(operations, service -> service.cancel(id)));
    }
}
