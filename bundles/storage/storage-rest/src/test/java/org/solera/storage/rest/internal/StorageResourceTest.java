// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.rest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.core.SecurityContext;
import org.junit.jupiter.api.Test;
import org.solera.platform.api.DrainingException;
import org.solera.platform.api.Grant;
import org.solera.platform.api.Identity;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.Scope;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.access.Caller;
import org.solera.platform.api.access.ScopedTo;
import org.solera.storage.api.Bucket;
import org.solera.storage.api.BucketName;
import org.solera.storage.api.ListQuery;
import org.solera.storage.api.Listing;
import org.solera.storage.api.ObjectKey;
import org.solera.storage.api.ObjectMetadata;
import org.solera.storage.api.ObjectStore;
import org.solera.storage.api.StorageError;
import org.solera.storage.api.StorageException;
import org.solera.storage.api.StoreUsage;
import org.solera.storage.api.StoredObject;

class StorageResourceTest {
    private static final BucketName BUCKET = new BucketName("photos");
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");

    private final ServiceGate<ObjectStore> stores = new ServiceGate<>("The object store");
    private final StorageResource resource = new StorageResource(stores);
    private final List<ListQuery> queries = new ArrayList<>();
    private int refused;

    private static ObjectStore store(InvocationHandler calls) {
        return (ObjectStore) Proxy.newProxyInstance(
                StorageResourceTest.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, calls);
    }

    private Object answer(Object proxy, Method method, Object[] arguments) throws StorageException {
        return switch (method.getName()) {
            case "usage" ->
                new StoreUsage(2, 3, 4000, List.of(new StoreUsage.Drive("d0", "/drives/d0", true, 1000, 400)));
            case "buckets" -> List.of(new Bucket(BUCKET, NOW, "somebody"));
            case "createBucket" -> new Bucket((BucketName) arguments[0], NOW, (String) arguments[1]);
            case "deleteBucket" ->
                throw new StorageException(StorageError.BUCKET_NOT_EMPTY, "The bucket holds objects.", "");
            case "list" -> {
                queries.add((ListQuery) arguments[1]);
                ObjectKey key = new ObjectKey((BucketName) arguments[0], "a/1");
                StoredObject object = new StoredObject(key, 5, "tag", NOW, ObjectMetadata.of("image/png"));
                yield new Listing(List.of(object), List.of("b/"), true, "b/");
            }
            default -> throw new AssertionError(method.getName());
        };
    }

    private static SecurityContext caller(String... grants) {
        Identity identity =
                new Identity("somebody", Arrays.stream(grants).map(Grant::parse).collect(Collectors.toSet()));
        return context(new Caller(identity, Caller.Means.PASSWORD, "", "127.0.0.1"));
    }

    private static SecurityContext context(Principal principal) {
        return (SecurityContext) Proxy.newProxyInstance(
                StorageResourceTest.class.getClassLoader(),
                new Class<?>[] {SecurityContext.class},
                (proxy, method, arguments) -> principal);
    }

    private void bind() {
        stores.bind(store(this::answer), Map.of());
    }

    @Test
    void tellsUsageDrivesAndBuckets() throws Exception {
        bind();
        DriveDto drive = new DriveDto("d0", "/drives/d0", true, 1000, 400);
        assertEquals(new UsageDto(2, 3, 4000, List.of(drive)), resource.usage());
        assertEquals(List.of(drive), resource.drives());
        assertEquals(List.of(new BucketDto("photos", NOW, "somebody")), resource.buckets(caller("VIEWER")));
    }

    @Test
    void givesAPageAndWhereTheNextBegins() throws Exception {
        bind();
        ListingDto page = resource.objects("photos", "a", "/", "a/0", 1);
        assertEquals(List.of(new ObjectDto("a/1", 5, "tag", NOW, "image/png")), page.objects());
        assertEquals(List.of("b/"), page.commonPrefixes());
        assertTrue(page.truncated());
        assertEquals("b/", page.next());
        assertEquals(List.of(new ListQuery("a", "/", "a/0", 1)), queries);
    }

    @Test
    void refusesPagesOfNoneOrTooManyBeforeTheStoreIsAsked() {
        bind();
        for (int limit : new int[] {-1, 0, 1001}) {
            SoleraException refusal =
                    assertThrows(SoleraException.class, () -> resource.objects("photos", "", "", "", limit));
            assertEquals(PlatformError.INVALID_REQUEST, refusal.code());
        }
        assertTrue(queries.isEmpty());
    }

    @Test
    void passesTheErrorsOfTheStoreOnAndRefusesBadNames() {
        bind();
        SoleraException full = assertThrows(SoleraException.class, () -> resource.delete("photos"));
        assertEquals(StorageError.BUCKET_NOT_EMPTY, full.code());
        for (String name : new String[] {"", "NO", "../x"}) {
            SoleraException bad = assertThrows(SoleraException.class, () -> resource.delete(name));
            assertEquals(StorageError.INVALID_BUCKET_NAME, bad.code());
        }
    }

    @Test
    void asksTheNextVersionWhenOneGivesUpAtThatMoment() throws Exception {
        ObjectStore leaving = store((proxy, method, arguments) -> {
            refused++;
            stores.bind(store(this::answer), Map.of("service.ranking", 1));
            throw new DrainingException("The object store");
        });
        stores.bind(leaving, Map.of());
        assertEquals(1, resource.buckets(caller("VIEWER")).size());
        assertEquals(1, refused);
    }

    @Test
    void givesUpAfterThreeRefusals() {
        stores.bind(
                store((proxy, method, arguments) -> {
                    refused++;
                    throw new DrainingException("The object store");
                }),
                Map.of());
        assertThrows(DrainingException.class, () -> resource.buckets(caller("VIEWER")));
        assertEquals(3, refused);
    }

    @Test
    void tellsOnlyTheBucketsThatTheCallerMayRead() throws Exception {
        bind();
        assertEquals(1, resource.buckets(caller("OPERATOR@bucket:photos")).size());
        assertEquals(
                0,
                resource.buckets(caller("OWNER@bucket:films", "VIEWER@hub:photos", "LICENSE_ADMIN"))
                        .size());
        assertEquals(0, resource.buckets(caller()).size());
        assertEquals(0, resource.buckets(context(() -> "somebody")).size());
    }

    /** What is not said here is decided by the table of permissions, for the whole appliance. */
    @Test
    void grantsForOneBucketCountWhereItsContentIsAskedFor() {
        Map<String, String> scoped = new TreeMap<>();
        int operations = 0;
        for (Method method : StorageResource.class.getDeclaredMethods()) {
            boolean operation = Arrays.stream(method.getAnnotations())
                    .anyMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class));
            if (operation) {
                operations++;
                assertFalse(method.isAnnotationPresent(PermitAll.class), method.getName());
                assertFalse(method.isAnnotationPresent(RolesAllowed.class), method.getName());
                ScopedTo place = method.getAnnotation(ScopedTo.class);
                if (place != null) {
                    assertEquals(Scope.Kind.BUCKET, place.value());
                    scoped.put(method.getName(), place.param());
                }
            }
        }
        assertEquals(6, operations);
        assertEquals(Map.of("buckets", "", "objects", "bucket"), scoped);
        assertFalse(StorageResource.class.isAnnotationPresent(PermitAll.class));
    }
}
