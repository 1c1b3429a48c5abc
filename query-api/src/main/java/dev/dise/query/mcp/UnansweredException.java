package dev.dise.query.mcp;

/** There is no answer; the message is for the agent that asked. */
public final class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status as HTTP has it, 0 if nothing answered */
    public UnansweredException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** What the agent is told: what was wrong, and whether to ask again. */
    String told() {
        return switch (status) {
            case 0, 503 ->
                getMessage() + ". Try again in some seconds; if it stays so, a person has to look at the service.";
            case 401, 403, 429 -> getMessage() + ". Asking again does not help: a person has to give this agent a key.";
            case 404 -> getMessage() + ". Check the id, for example with query_logs or find_similar.";
            default -> status >= 500 ? getMessage() + ". Tell a person." : getMessage() + ". Change the arguments.";
        };
    }
}
