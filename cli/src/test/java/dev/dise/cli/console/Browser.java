package dev.dise.cli.console;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;

/** Chromium without a screen, and what tests ask of it. */
public final class Browser implements AutoCloseable {
    private static final List<String> STILL_COMING =
            List.of("Loading …", "Looking at the line", "Waiting for the second look");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final ChromeDriver driver;
    private final String origin;

    private Browser(ChromeDriver driver, String origin) {
        this.driver = driver;
        this.origin = origin;
    }

    /** Why there is none on this machine; empty if there is. */
    public static Optional<String> missing() {
        return find("chromium", "chromium-browser", "google-chrome").isEmpty()
                        || find("chromedriver").isEmpty()
                ? Optional.of(
                        "Chromium or its driver is not installed; on Debian: apt-get install chromium chromium-driver")
                : Optional.empty();
    }

    /** Opens on an origin such as {@code http://127.0.0.1:8081}. */
    public static Browser open(String origin) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(find("chromium", "chromium-browser", "google-chrome")
                .orElseThrow()
                .toFile());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options), origin);
    }

    private static Optional<Path> find(String... names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(names)
                .flatMap(name -> Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Looks from now on as on such a device. */
    public void become(View view) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", view.width(), "height", view.height(), "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", view.theme()))));
    }

    /** Opens a page of the console anew. */
    public void go(String hash) {
        driver.get("about:blank");
        driver.get(origin + "/console/#/" + hash);
        await("the page", page -> page.findElement(By.tagName("h1")).isDisplayed());
        awaitLoaded();
    }

    /** Returns when nothing says that it is loading, or waits for what comes next. */
    public void awaitLoaded() {
        await("the answers", page -> STILL_COMING.stream().noneMatch(text("main")::contains));
    }

    /** Returns when a condition holds that may fail for a moment while the page changes. */
    public void await(String what, Function<ChromeDriver, Boolean> condition) {
        new FluentWait<>(driver)
                .withTimeout(PATIENCE)
                .pollingEvery(LOOK_EVERY)
                .ignoring(NoSuchElementException.class, StaleElementReferenceException.class)
                .withMessage(() -> what + " did not come; the page says: " + text("main"))
                .until(condition);
    }

    /** Returns when the page says so. */
    public void awaitText(String text) {
        await("'" + text + "'", page -> text("main").contains(text));
    }

    /** The visible text of an element. */
    public String text(String css) {
        return driver.findElement(By.cssSelector(css)).getText();
    }

    public WebElement element(String css) {
        await(css, page -> page.findElement(By.cssSelector(css)).isDisplayed());
        return driver.findElement(By.cssSelector(css));
    }

    /** The first button or link that has this text. */
    public WebElement called(String name) {
        By by = By.xpath("//*[self::button or self::a][normalize-space()='" + name + "']");
        await(name, page -> page.findElement(by).isDisplayed());
        return driver.findElement(by);
    }

    /** Errors and warnings that the page has left since they were asked for last. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Addresses of another origin that the page has asked. */
    public List<String> strangers() {
        Object names = driver.executeScript("return performance.getEntriesByType('resource').map(e => e.name)");
        return names instanceof List<?> all
                ? all.stream()
                        .map(String::valueOf)
                        .filter(name -> !name.startsWith(origin))
                        .toList()
                : List.of();
    }

    /** What a person with a screen reader or a keyboard would stumble over, of the serious kinds. */
    public List<String> barriers() {
        return new AxeBuilder()
                .analyze(driver).getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(Browser::told)
                        .toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getNodes().getFirst().getHtml();
    }

    /** How many pixels of the page are beyond its right edge. */
    public long overflow() {
        Object width = driver.executeScript("return document.documentElement.scrollWidth - innerWidth");
        return width instanceof Number number ? number.longValue() : 0;
    }

    /** Keeps a picture of the whole page. */
    public void picture(Path file) throws IOException {
        Map<String, Object> answer = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(answer.get("data"))));
    }

    /** The result of a script. */
    public String script(String script) {
        return String.valueOf(driver.executeScript(script));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
