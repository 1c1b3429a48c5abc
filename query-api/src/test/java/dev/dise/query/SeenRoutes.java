package dev.dise.query;

import io.helidon.webserver.http.HttpRouting;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The routes that a service adds, as it adds them: a method and a path, in which {@code {+name}} is a rest. */
final class SeenRoutes {
    private final Set<String> seen = new TreeSet<>();

    HttpRouting.Builder builder() {
        return (HttpRouting.Builder) Proxy.newProxyInstance(
                SeenRoutes.class.getClassLoader(),
                new Class<?>[] {HttpRouting.Builder.class},
                (proxy, method, arguments) -> {
                    if (arguments != null && arguments.length > 0 && arguments[0] instanceof String path) {
                        seen.add(method.getName().toUpperCase(Locale.ROOT) + " " + path);
                    }
                    return proxy;
                });
    }

    Set<String> seen() {
        return seen;
    }

    /** Whether a described call is one of that route's. */
    static boolean covers(String route, String call) {
        String pattern = Arrays.stream(route.split("(?<=\\})|(?=\\{)"))
                .map(part -> part.startsWith("{+") ? ".+" : part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                .collect(Collectors.joining());
        return call.matches(pattern);
    }
}
