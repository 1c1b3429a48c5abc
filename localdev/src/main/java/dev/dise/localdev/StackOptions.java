package dev.dise.localdev;

import dev.dise.runtime.config.DiseConfig;
import java.nio.file.Path;

/**
 * What a stack is to be like.
 *
 * @param folder where its state lives; survives restarts
 * @param config the storage strategies and the embedder; its addresses are replaced by the stack's own
 */
public record StackOptions(Path folder, DiseConfig config, Ports ports, boolean durable) {

    /**
     * Ports to listen on. A port of 0 is any free one.
     */
    public record Ports(int kafka, int postgres, int qdrant, int gateway, int query) {
        /** All free ones: never collides. */
        public static final Ports ANY = new Ports(0, 0, 0, 0, 0);
    }

    /** On any free ports, with everything flushed to disk. */
    public static StackOptions in(Path folder, DiseConfig config) {
        return new StackOptions(folder, config, Ports.ANY, true);
    }

    /** The same without flushing: for tests. */
    public StackOptions withoutDurability() {
        return new StackOptions(folder, config, ports, false);
    }

    /** The same on these ports. */
    public StackOptions withPorts(Ports newPorts) {
        return new StackOptions(folder, config, newPorts, durable);
    }
}
