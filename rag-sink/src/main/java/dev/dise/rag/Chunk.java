package dev.dise.rag;

/**
 * A part of an artifact's text that is embedded by itself and becomes one point.
 *
 * @param index from 0; the first is where the whole artifact is found again
 * @param count how many chunks the artifact has
 * @param start where the part begins in the artifact's text, in characters
 * @param end where it ends
 * @param text what is embedded: the artifact's name, unless the part begins with it, and the part
 */
record Chunk(int index, int count, int start, int end, String text) {
    boolean isFirst() {
        return index == 0;
    }
}
