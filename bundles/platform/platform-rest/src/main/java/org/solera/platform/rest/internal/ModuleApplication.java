// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.jaxrs.json.JacksonJsonProvider;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.ws.rs.core.Application;
import org.solera.platform.api.spi.RestModule;

/** The resources of one module with what every module needs: JSON, problems, login, audit. */
final class ModuleApplication extends Application {
    private static final int TYPES = 500;

    private final Set<Object> singletons = new LinkedHashSet<>();

    ModuleApplication(RestModule module, Forwarding forwarding, RestServices services) {
        String domain = module.domain();
        ObjectMapper json = json();
        Auditing auditing = new Auditing(domain, services.audit());
        singletons.addAll(module.resources());
        singletons.add(new JacksonJsonProvider(json));
        singletons.add(new BodyCheck(new Nullness()));
        singletons.add(new ProblemMapper());
        singletons.add(new ProblemMapper.OfJaxRs());
        singletons.add(new ProblemMapper.OfJson());
        singletons.add(new PortOnlyFilter(forwarding));
        singletons.add(new LoginFilter(domain, new Callers(services), auditing));
        singletons.add(new RequestRules());
        singletons.add(new Repeats(services.replies(), json));
        singletons.add(auditing);
    }

    /**
     * A mapper of its own for each module, with a cache of types of its own: the one that Jackson shares would keep the
     * classes of a module that was replaced.
     */
    static ObjectMapper json() {
        LookupCache<Object, JavaType> types = new LRUMap<>(16, TYPES);
        return JsonMapper.builder()
                .typeFactory(TypeFactory.defaultInstance().withCache(types))
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // The container would send a small answer in several pieces.
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .build();
    }

    @Override
    public Set<Object> getSingletons() {
        return singletons;
    }
}
