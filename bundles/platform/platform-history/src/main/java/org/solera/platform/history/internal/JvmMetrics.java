// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.history.internal;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.OptionalDouble;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.solera.platform.api.spi.MetricSource;

/** Figures of the Java virtual machine and its process. Thread-safe. */
@Component(service = MetricSource.class)
public final class JvmMetrics implements MetricSource {
    private static final Logger log = LoggerFactory.getLogger(JvmMetrics.class);
    private static final double NANOS = 1e9;

    @Override
    public void collect(Sink sink) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        String used = "Memory in use, by area.";
        sink.gauge("solera_jvm_memory_used_bytes", used, heap.getUsed(), "area", "heap");
        sink.gauge("solera_jvm_memory_used_bytes", used, other.getUsed(), "area", "nonheap");
        String committed = "Memory taken from the operating system, by area.";
        sink.gauge("solera_jvm_memory_committed_bytes", committed, heap.getCommitted(), "area", "heap");
        sink.gauge("solera_jvm_memory_committed_bytes", committed, other.getCommitted(), "area", "nonheap");
        sink.gauge("solera_jvm_heap_max_bytes", "The largest heap allowed.", heap.getMax());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            sink.gauge(
                    "solera_jvm_buffer_used_bytes",
                    "Memory of buffers outside the heap.",
                    pool.getMemoryUsed(),
                    "pool",
                    pool.getName());
        }
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            String name = collector.getName();
            sink.counter(
                    "solera_jvm_gc_collections_total",
                    "Garbage collections.",
                    Math.max(0, collector.getCollectionCount()),
                    "collector",
                    name);
            sink.counter(
                    "solera_jvm_gc_seconds_total",
                    "Time of garbage collections.",
                    Math.max(0, collector.getCollectionTime()) / 1e3,
                    "collector",
                    name);
        }
        sink.gauge(
                "solera_jvm_threads",
                "Live threads.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        sink.gauge(
                "solera_jvm_classes_loaded",
                "Classes loaded now.",
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        sink.gauge(
                "solera_process_uptime_seconds",
                "Time since the process began.",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
        process(sink);
    }

    // Read through JMX: the type that holds these figures is no part of the Java SE API, so a bundle cannot import it.
    private static void process(Sink sink) {
        attribute("OpenFileDescriptorCount")
                .ifPresent(count -> sink.gauge("solera_process_open_files", "Open files and sockets.", count));
        attribute("MaxFileDescriptorCount")
                .ifPresent(count -> sink.gauge("solera_process_open_files_max", "Open files allowed.", count));
        attribute("ProcessCpuTime")
                .ifPresent(nanos -> sink.counter(
                        "solera_process_cpu_seconds_total", "Processor time of the process.", nanos / NANOS));
    }

    private static OptionalDouble attribute(String name) {
        try {
            ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
            Object value = ManagementFactory.getPlatformMBeanServer().getAttribute(system, name);
            return value instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
        } catch (JMException absent) {
            log.debug("This Java virtual machine does not tell {}.", name, absent);
            return OptionalDouble.empty();
        }
    }
}
