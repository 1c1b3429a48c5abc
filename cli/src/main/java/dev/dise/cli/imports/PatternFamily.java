package dev.dise.cli.imports;

/** What DiSE stores under the one word {@code pattern}. */
enum PatternFamily {
    TOOL,
    INVOCATION,
    EXECUTION,
    INTERACTION,
    TIMEOUT_STATS,
    FEEDBACK,
    CODE_FIX,
    /** A pattern indeed, or a family that nobody knows. */
    PATTERN;

    /** The family, told by the metadata of tools and fixes and by the tag of all others. */
    static PatternFamily of(MemoryArtifact artifact) {
        if (artifact.truth("is_tool").orElse(false)) {
            return TOOL;
        }
        if (artifact.hasTag("executable_invocation")) {
            return EXECUTION;
        }
        if (artifact.hasTag("tool_invocation")) {
            return INVOCATION;
        }
        if (artifact.hasTag("timeout_stats")) {
            return TIMEOUT_STATS;
        }
        if (artifact.hasTag("tool_feedback") || artifact.truth("is_feedback").orElse(false)) {
            return FEEDBACK;
        }
        if (isCodeFix(artifact)) {
            return CODE_FIX;
        }
        return artifact.hasTag("interaction") ? INTERACTION : PATTERN;
    }

    private static boolean isCodeFix(MemoryArtifact artifact) {
        return artifact.hasTag("code-fix-pattern")
                || artifact.hasTag("static_tool_fix")
                || artifact.text("pattern_type").filter("code_fix"::equals).isPresent();
    }
}
