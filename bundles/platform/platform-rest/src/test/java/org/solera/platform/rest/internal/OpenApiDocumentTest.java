// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.SecurityContext;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.Role;
import org.solera.platform.api.Scope;
import org.solera.platform.api.access.ScopedTo;
import org.solera.platform.api.rest.Answers;
import org.solera.platform.api.rest.Conditional;
import org.solera.platform.api.rest.Described;
import org.solera.platform.api.rest.Page;

class OpenApiDocumentTest {
    @NullMarked
    record WishDto(
            String what,
            @Nullable String why,
            Role role,
            long count,
            Instant at,
            Map<String, List<Integer>> parts,
            Optional<Boolean> sure,
            @Nullable WishDto next) {}

    @Path("/items")
    @Described("Things to test with.")
    public static final class Items {
        @GET
        @PermitAll
        public Page<WishDto> list(@QueryParam("limit") @DefaultValue("10") int limit) {
            return new Page<>(List.of(), null);
        }

        @POST
        @Path("{name: .+}/wishes")
        @RolesAllowed("ENGINEER")
        @Answers(value = WishDto.class, status = 201)
        @Described("Makes a wish.")
        public Response wish(@PathParam("name") String name, WishDto wish, @Context SecurityContext caller) {
            return Response.ok().build();
        }

        @PUT
        @Path("{name}")
        @Conditional
        @ScopedTo(value = Scope.Kind.BUCKET, param = "name")
        public void wish(@PathParam("name") String name, @HeaderParam("If-Match") String version, InputStream body) {}

        public void notAResourceMethod() {}
    }

    private static JsonNode described() {
        OpenApiDocument document = new OpenApiDocument();
        document.add("storage", Set.of(new Items()));
        return new ObjectMapper().valueToTree(document.document("1.0.0"));
    }

    @Test
    void pathsParametersRolesAndBodiesAreDescribed() {
        JsonNode json = described();
        assertEquals(4, json.get("paths").size());
        JsonNode list = json.at("/paths/~1api~1v1~1storage~1items/get");
        assertTrue(list.get("security").isEmpty());
        assertEquals("integer", list.at("/parameters/0/schema/type").asText());
        assertEquals(10, list.at("/parameters/0/schema/default").asInt());
        assertFalse(list.has("requestBody"));
        assertEquals(
                "#/components/schemas/PageOfWish",
                list.at("/responses/200/content/application~1json/schema/$ref").asText());
        JsonNode wish = json.at("/paths/~1api~1v1~1storage~1items~1{name}~1wishes/post");
        assertEquals("[\"ENGINEER\",\"OWNER\"]", wish.get("x-roles").toString());
        assertEquals("Makes a wish.", wish.get("summary").asText());
        assertTrue(wish.at("/parameters/0/required").asBoolean());
        assertEquals("Idempotency-Key", wish.at("/parameters/1/name").asText());
        assertEquals(
                "#/components/schemas/Wish",
                wish.at("/requestBody/content/application~1json/schema/$ref").asText());
        assertTrue(wish.at("/responses/201/content/application~1json/schema").isObject());
        JsonNode edit = json.at("/paths/~1api~1v1~1storage~1items~1{name}/put");
        assertEquals("[\"OPERATOR\",\"OWNER\"]", edit.get("x-roles").toString());
        assertEquals("bucket", edit.get("x-scope").asText());
        assertEquals(
                "binary",
                edit.at("/requestBody/content/application~1octet-stream/schema/format")
                        .asText());
        assertTrue(edit.at("/parameters/1/required").asBoolean(), "an edit names its version");
        assertTrue(json.at("/components/schemas/Problem/properties/nextAction").isObject());
        assertEquals("Things to test with.", json.at("/tags/0/description").asText());
    }

    @Test
    void recordsAreDescribedToTheGround() {
        JsonNode wish = described().at("/components/schemas/Wish");
        assertEquals(
                "[\"what\",\"role\",\"count\",\"at\",\"parts\"]",
                wish.get("required").toString());
        assertTrue(wish.at("/properties/why/nullable").asBoolean());
        assertEquals("OWNER", wish.at("/properties/role/enum/0").asText());
        assertEquals("int64", wish.at("/properties/count/format").asText());
        assertEquals("date-time", wish.at("/properties/at/format").asText());
        assertEquals(
                "int32",
                wish.at("/properties/parts/additionalProperties/items/format").asText());
        assertTrue(wish.at("/properties/sure/nullable").asBoolean());
        assertEquals(
                "#/components/schemas/Wish",
                wish.at("/properties/next/allOf/0/$ref").asText());
    }

    @Test
    void aParserOfOthersFindsNothingWrong() {
        SwaggerParseResult parsed =
                new OpenAPIV3Parser().readContents(described().toString());
        assertEquals(List.of(), parsed.getMessages());
        assertEquals(4, parsed.getOpenAPI().getPaths().size());
        assertEquals(4, parsed.getOpenAPI().getComponents().getSecuritySchemes().size());
    }

    @Test
    void everyOperationHasAnIdOfItsOwn() {
        JsonNode json = described();
        assertEquals(4, json.findValuesAsText("operationId").stream().distinct().count());
    }
}
