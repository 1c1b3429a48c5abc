package dev.dise.schemas.data;

import dev.dise.schemas.EventType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One measurement of one metric of a tool; the value is a finite number. */
public record PerfData(
        String toolId,
        String metricName,
        double metricValue,
        @Nullable String unit,
        @Nullable Map<String, ?> details) implements EventData {

    public PerfData {
        Required.id("tool_id", toolId);
        Required.text("metric_name", metricName);
        Required.finite("metric_value", metricValue);
    }

    /** With nothing optional. */
    public static PerfData of(String toolId, String metricName, double metricValue) {
        return new PerfData(toolId, metricName, metricValue, null, null);
    }

    /** The same with this unit. */
    public PerfData withUnit(String newUnit) {
        return new PerfData(toolId, metricName, metricValue, newUnit, details);
    }

    /** The same with this details. */
    public PerfData withDetails(Map<String, ?> newDetails) {
        return new PerfData(toolId, metricName, metricValue, unit, newDetails);
    }

    @Override
    public EventType type() {
        return EventType.PERF_DATA;
    }

    @Override
    public String subject() {
        return toolId;
    }
}
