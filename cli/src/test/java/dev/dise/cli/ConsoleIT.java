package dev.dise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dise.cli.console.Browser;
import dev.dise.cli.console.View;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console as a person meets it. Its pictures are kept in {@code cli/target/console}. */
class ConsoleIT {
    private static final Path PICTURES = Path.of("target", "console");
    private static final List<String> PAGES = List.of(
            "flow",
            "letters",
            "events",
            "search?text=parse%20json",
            "tools",
            "tools/parser",
            "performance",
            "performance?tool_id=parser&since=1d",
            "rebuild",
            "health");

    @TempDir
    static Path folder = Path.of("");

    private static @Nullable ConsoleStack stack;
    private static @Nullable Browser browser;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.missing().isEmpty(), () -> Browser.missing().orElse(""));
        stack = ConsoleStack.start(folder);
        stack().emitFamily();
        stack().importRealData();
        stack().poison();
        stack().awaitDrained();
        browser = Browser.open(stack().origin());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @BeforeEach
    void beginAnew() {
        page().become(View.LIGHT);
        page().complaints();
    }

    @ParameterizedTest
    @EnumSource
    void everyPageIsInOrder(View view) throws IOException {
        page().become(view);
        for (String place : places()) {
            page().go(place);
            page().picture(PICTURES.resolve(place.replaceAll("[^a-z]+", "-") + "-" + view + ".png"));
            assertThat(page().complaints()).as("complaints of %s", place).isEmpty();
            assertThat(page().strangers()).as("others asked by %s", place).isEmpty();
            assertThat(page().barriers()).as("barriers on %s", place).isEmpty();
            assertThat(page().overflow()).as("pixels too wide: %s", place).isNotPositive();
        }
    }

    private static List<String> places() {
        return Stream.concat(PAGES.stream(), Stream.of("trace/" + anEvent(), "letters/" + aLetter()))
                .toList();
    }

    @Test
    void aLetterIsMendedAndRedrivenByClicks() throws Exception {
        String id = stack().poison();
        await().atMost(Duration.ofSeconds(30)).until(() -> !letterOf(id).isEmpty());
        page().go("letters/" + encoded(letterOf(id)));
        page().awaitText("one of low, medium, high, critical");
        WebElement payload = page().element("textarea");
        String mended = Objects.requireNonNull(payload.getDomProperty("value")).replace("terrible", "high");
        payload.sendKeys(Keys.chord(Keys.CONTROL, "a"), mended.replace("\n", " "));
        page().called("Dry run").click();
        page().awaitText("Nothing was changed");
        page().called("Redrive as mended").click();
        page().awaitText("Within moments it is stored");
        stack().awaitDrained();
        page().go("trace/" + id);
        page().awaitText("PostgreSQL, table tool_failures");
        assertThat(page().text("main")).contains("stored");
    }

    @Test
    void nothingIsGivenUpWithoutItsName() {
        page().go("letters");
        page().called("SCHEMA").click();
        page().called("Discard these").click();
        WebElement discard = page().element("dialog button.danger");
        assertThat(discard.isEnabled()).isFalse();
        page().element("dialog input").sendKeys("discard");
        assertThat(discard.isEnabled()).isTrue();
        page().called("Cancel").click();
        page().await(
                        "the end of the question",
                        page -> page.findElements(By.tagName("dialog")).isEmpty());
    }

    @Test
    void aSearchFinds() {
        page().go("search");
        page().element("input[name=text]").sendKeys("parses JSON texts into objects", Keys.ENTER);
        page().awaitText("JSON parser");
        page().element("article details summary").click();
        page().awaitText("meaning");
        assertThat(page().complaints()).isEmpty();
    }

    @Test
    void theChartMovesAndCountersAreTrue() throws IOException {
        page().go("flow");
        page().await(
                        "a chart that moves",
                        page -> Integer.parseInt(page.findElement(By.cssSelector(".chart"))
                                        .getDomAttribute("data-points"))
                                >= 3);
        long before = accepted();
        stack().emit("log", Stream.of("{\"tool_id\":\"t\",\"log_level\":\"info\",\"message\":\"one more\"}"));
        page().await("one more", page -> accepted() == before + 1);
    }

    @Test
    void anEventEmittedByTheFormPassesBy() {
        page().go("events");
        page().element("input[name=tool_id][required]").sendKeys("by_hand");
        page().element("select[name=log_level]").sendKeys("error");
        page().element("input[name=message]").sendKeys("written in the console");
        page().called("Emit").click();
        page().awaitText("Accepted.");
        page().await("the event", page -> page().text(".stream").contains("written in the console"));
    }

    @Test
    void aNewcomerFindsWhatFailedMostWhereItComesFromAndWhatFixedItsLike() {
        page().go("");
        page().called("Tools").click();
        page().awaitText("parser");
        WebElement first = page().element("table[aria-label] tbody tr a, .card tbody tr a");
        assertThat(first.getText()).isEqualTo("parser");
        first.click();
        page().awaitText("text_tool");
        page().awaitText("lexer");
        page().called("known fixes").click();
        page().awaitText("Fix: JSONDecodeError on an empty body");
    }

    @Test
    void aKeyboardIsEnough() {
        page().go("flow");
        page().element("body").sendKeys(Keys.TAB, Keys.ENTER);
        assertThat(page().script("return document.activeElement.tagName")).isEqualTo("H1");
    }

    @Test
    void aDeepLinkSurvivesReload() {
        page().go("letters?reason=SCHEMA");
        page().script("location.reload()");
        page().awaitText("show all");
    }

    private static long accepted() {
        return Long.parseLong(page().text("[data-figure=accepted]").replace(",", ""));
    }

    private static String anEvent() {
        return run("bugs", "-o", "json").json().at("/items/0/event_id").asString();
    }

    private static String aLetter() {
        return encoded(run("dlq", "list", "-o", "json").json().at("/items/0/id").asString());
    }

    private static String letterOf(String event) {
        return run("dlq", "list", "--event-id", event, "-o", "json")
                .json()
                .at("/items/0/id")
                .asString("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--state", folder.resolve("state").toString()))
                .toArray(String[]::new));
    }

    private static ConsoleStack stack() {
        return Objects.requireNonNull(stack);
    }

    private static Browser page() {
        return Objects.requireNonNull(browser);
    }
}
