// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.QueryParam;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
    record Wish(String what) {}

    @Path("/items")
    public static final class Items {
        @GET
        @PermitAll
        public String list(@QueryParam("limit") @DefaultValue("10") int limit) {
            return "" + limit;
        }

        @POST
        @Path("{name: .+}/wishes")
        @RolesAllowed("ENGINEER")
        public String wish(@PathParam("name") String name, Wish wish) {
            return name + wish;
        }

        public void notAResourceMethod() {}
    }

    @Test
    void pathsParametersRolesAndBodiesAreDescribed() {
        OpenApiDocument document = new OpenApiDocument();
        document.add("test", Set.of(new Items()));
        JsonNode json = new ObjectMapper().valueToTree(document.document("1.0.0"));
        assertEquals(2, json.get("paths").size());
        JsonNode list = json.at("/paths/~1api~1v1~1test~1items/get");
        assertTrue(list.get("security").isEmpty());
        assertEquals("integer", list.at("/parameters/0/schema/type").asText());
        assertEquals("10", list.at("/parameters/0/schema/default").asText());
        assertFalse(list.has("requestBody"));
        JsonNode wish = json.at("/paths/~1api~1v1~1test~1items~1{name}~1wishes/post");
        assertEquals("ENGINEER", wish.at("/x-roles/0").asText());
        assertTrue(wish.at("/parameters/0/required").asBoolean());
        assertTrue(wish.has("requestBody"));
        assertTrue(json.at("/components/schemas/Problem/properties/nextAction").isObject());
    }
}
