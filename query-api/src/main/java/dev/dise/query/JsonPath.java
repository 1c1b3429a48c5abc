package dev.dise.query;

import java.util.ArrayList;
import java.util.List;

/** A path into JSON: names with dots between them, and a backslash before a dot or a backslash of a name itself. */
final class JsonPath {
    private JsonPath() {}

    /** Its names; an empty one where there is none, and for a backslash before anything else. */
    static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char here = path.charAt(i);
            if (here == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else if (here != '\\') {
                name.append(here);
            } else if (i + 1 < path.length() && ".\\".indexOf(path.charAt(i + 1)) >= 0) {
                name.append(path.charAt(++i));
            } else {
                return List.of("");
            }
        }
        names.add(name.toString());
        return names;
    }
}
