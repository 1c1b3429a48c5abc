package dev.dise.runtime.config;

import dev.dise.schemas.EventType;
import dev.dise.schemas.StorageStrategy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which type is stored where.
 *
 * @param strategies the strategy of every type but deletion, which goes where its target goes
 * @param storeGeneratedTools whether generated tools are stored at all
 */
public record StorageRules(Map<EventType, StorageStrategy> strategies, boolean storeGeneratedTools) {
    public StorageRules {
        strategies = Map.copyOf(strategies);
    }

    /** The strategies of the catalogue. */
    public static StorageRules defaults() {
        return new StorageRules(defaultStrategies(), true);
    }

    /**
     * Those of a config file's text. The rest of it is not looked at, and nothing of the environment is put in: the text may
     * come from elsewhere.
     *
     * @throws ConfigException with every mistake there is
     */
    public static StorageRules read(String text) {
        List<String> mistakes = new ArrayList<>();
        Section database = new Section("", ConfigFile.plain(text), mistakes).section("database");
        StorageRules rules = from(database.section("storage_strategy"));
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        return rules;
    }

    /** The strategy of a type; of a deletion ask for its target's. */
    public StorageStrategy strategyFor(EventType type) {
        return strategies.getOrDefault(type, type.defaultStrategy());
    }

    /** Whether events of the type are stored, or dropped on purpose and counted. */
    public boolean stores(EventType type) {
        return storeGeneratedTools || type != EventType.GENERATED_TOOL;
    }

    static StorageRules from(Section section) {
        Map<EventType, StorageStrategy> strategies = defaultStrategies();
        Map<EventType, String> listedIn = new EnumMap<>(EventType.class);
        for (StorageStrategy strategy : StorageStrategy.values()) {
            String key = Words.of(strategy) + "_storage_types";
            List<String> names = section.list(key);
            for (String name : names == null ? List.<String>of() : names) {
                place(section, key, name, strategy, strategies, listedIn);
            }
        }
        boolean storeGeneratedTools = section.flag("store_generated_tools", true);
        section.refuseUnknownKeys();
        return new StorageRules(strategies, storeGeneratedTools);
    }

    private static void place(
            Section section,
            String key,
            String name,
            StorageStrategy strategy,
            Map<EventType, StorageStrategy> strategies,
            Map<EventType, String> listedIn) {
        EventType type = EventType.forWireName(name).orElse(null);
        if (type == null || type == EventType.DELETION) {
            section.mistake(key, "must hold event types but has '" + name + "'");
            return;
        }
        String before = listedIn.put(type, key);
        if (before != null) {
            section.mistake(key, "has '" + name + "', which is in " + before + " already");
        }
        strategies.put(type, strategy);
    }

    private static Map<EventType, StorageStrategy> defaultStrategies() {
        Map<EventType, StorageStrategy> strategies = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            if (type != EventType.DELETION) {
                strategies.put(type, type.defaultStrategy());
            }
        }
        return strategies;
    }
}
