package dev.dise.cli.demo;

import java.util.List;

/**
 * A tool that the demo speaks of.
 *
 * @param purpose what it is for, in a person's words
 * @param bug what is wrong with it
 * @param latencyMillis how long it takes, more or less
 */
record DemoTool(String id, String name, String purpose, String bug, double latencyMillis) {
    static final List<DemoTool> ALL = List.of(
            new DemoTool("parse_json", "JSON parser", "read a JSON file and give its fields", "KeyError: 'items'", 40),
            new DemoTool("speak", "Speech maker", "read a text aloud and save it as sound", "no audio device", 900),
            new DemoTool("translate", "Translator", "translate a text into French", "TimeoutError after 30 s", 700),
            new DemoTool("fetch_page", "Page fetcher", "download a web page and keep its text", "HTTP 503", 350),
            new DemoTool("plot", "Plotter", "draw a chart of numbers in a table", "ValueError: empty series", 220),
            new DemoTool("summarize", "Summarizer", "make a long report short", "context length exceeded", 1500));
}
