// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.rest.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which components of records and which parameters of methods may be null, by their annotation {@code @Nullable}.
 * The annotation type is not present while the appliance runs, so reflection does not show it; the class file does (JVM
 * specification, chapter 4). Thread-safe; keep one for each module, it holds its classes.
 */
final class Nullness {
    private static final Logger log = LoggerFactory.getLogger(Nullness.class);
    private static final String NULLABLE = "Lorg/jspecify/annotations/Nullable;";
    private static final int OF_COMPONENT = 0x13;
    private static final int OF_PARAMETER = 0x16;

    /** What a class file says; keys of parameters are {@code name + descriptor + '#' + index}. */
    private record Facts(Set<String> components, Set<String> parameters) {
        static final Facts NONE = new Facts(Set.of(), Set.of());
    }

    private final Map<Class<?>, Facts> known = new ConcurrentHashMap<>();

    /** {@return whether a component of a record may be null} */
    boolean isNullable(Class<?> type, String component, Class<?> of) {
        return of == Optional.class || facts(type).components().contains(component);
    }

    /** {@return whether a parameter may be null} */
    boolean isNullable(Method method, int index) {
        String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .toMethodDescriptorString();
        return facts(method.getDeclaringClass()).parameters().contains(method.getName() + descriptor + "#" + index);
    }

    private Facts facts(Class<?> type) {
        return known.computeIfAbsent(type, Nullness::read);
    }

    private static Facts read(Class<?> type) {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream file = type.getResourceAsStream(name)) {
            return file == null ? Facts.NONE : new ClassFile(new DataInputStream(file)).read();
        } catch (IOException unreadable) {
            log.debug("The class file of {} cannot be read.", type.getName(), unreadable);
            return Facts.NONE;
        }
    }

    /** Reads just as much of a class file as is needed. */
    private static final class ClassFile {
        private final DataInputStream in;
        private final Map<Integer, String> texts = new HashMap<>();
        private final Set<String> components = new HashSet<>();
        private final Set<String> parameters = new HashSet<>();

        ClassFile(DataInputStream in) {
            this.in = in;
        }

        Facts read() throws IOException {
            skip(8); // magic and version
            constants();
            skip(6); // flags, this, super
            skip(2L * in.readUnsignedShort()); // interfaces
            members(false); // fields
            members(true);
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                String name = text();
                int length = in.readInt();
                if (name.equals("Record")) {
                    record();
                } else {
                    skip(length);
                }
            }
            return new Facts(components, parameters);
        }

        private void constants() throws IOException {
            int count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.put(i, in.readUTF());
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
                    case 5, 6 -> {
                        skip(8);
                        i++; // long and double take two places
                    }
                    case 7, 8, 16, 19, 20 -> skip(2);
                    case 15 -> skip(3);
                    default -> throw new IOException("Constant of kind " + tag + ".");
                }
            }
        }

        private void members(boolean methods) throws IOException {
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                skip(2);
                String name = text() + text();
                for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                    String attribute = text();
                    int length = in.readInt();
                    if (methods && attribute.equals("RuntimeVisibleTypeAnnotations")) {
                        annotations(OF_PARAMETER, name, parameters);
                    } else {
                        skip(length);
                    }
                }
            }
        }

        private void record() throws IOException {
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                String name = text();
                skip(2);
                for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                    String attribute = text();
                    int length = in.readInt();
                    if (attribute.equals("RuntimeVisibleTypeAnnotations")) {
                        annotations(OF_COMPONENT, name, components);
                    } else {
                        skip(length);
                    }
                }
            }
        }

        private void annotations(int wanted, String owner, Set<String> found) throws IOException {
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                int target = in.readUnsignedByte();
                String place = owner;
                switch (target) {
                    case 0x00, 0x01 -> skip(1);
                    case OF_PARAMETER -> place = owner + "#" + in.readUnsignedByte();
                    case 0x10, 0x17 -> skip(2);
                    case 0x11, 0x12 -> skip(2);
                    default -> {} // of the whole member: nothing follows
                }
                int steps = in.readUnsignedByte();
                skip(2L * steps);
                String type = text();
                for (int pairs = in.readUnsignedShort(); pairs > 0; pairs--) {
                    skip(2);
                    value();
                }
                if (target == wanted && steps == 0 && type.equals(NULLABLE)) {
                    found.add(place);
                }
            }
        }

        private void value() throws IOException {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 'e' -> skip(4);
                case '@' -> {
                    skip(2);
                    for (int pairs = in.readUnsignedShort(); pairs > 0; pairs--) {
                        skip(2);
                        value();
                    }
                }
                case '[' -> {
                    for (int values = in.readUnsignedShort(); values > 0; values--) {
                        value();
                    }
                }
                default -> skip(2);
            }
        }

        private String text() throws IOException {
            return texts.getOrDefault(in.readUnsignedShort(), "");
        }

        private void skip(long bytes) throws IOException {
            in.skipNBytes(bytes);
        }
    }
}
