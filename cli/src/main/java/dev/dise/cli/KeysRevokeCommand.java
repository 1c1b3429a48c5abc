package dev.dise.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a key. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "End a key; services refuse it within seconds.",
        footer = {"", "Example: ./dise keys revoke 4f0k2p9x"})
final class KeysRevokeCommand implements Callable<Integer> {
    @Mixin
    private KeysFileOption keys = new KeysFileOption();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "KEY_ID", description = "the eight letters that ./dise keys list shows")
    private String keyId = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (!keys.open().revoke(keyId)) {
            throw new ParameterException(spec.commandLine(), "there is no key '" + keyId + "'; see ./dise keys list");
        }
        if (output.isJson()) {
            output.json(Map.of("revoked", keyId));
        } else {
            output.out().println("revoked " + keyId);
        }
        return ExitCodes.OK;
    }
}
