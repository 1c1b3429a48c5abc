package dev.dise.query.admin;

import dev.dise.operations.backup.Backup;
import dev.dise.operations.backup.BackupFile.Kind;
import dev.dise.operations.backup.Manifest;
import dev.dise.query.Question;
import dev.dise.query.RefusedException;
import dev.dise.query.RouteGroup;
import io.helidon.webserver.http.HttpRouting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Takes backups into folders of this machine. */
record BackupRoutes(Desk desk) implements RouteGroup {
    /** What a backup has, without the list of its files. */
    record Taken(
            String id,
            String dir,
            Instant startedAt,
            Instant finishedAt,
            Map<String, Long> records,
            Map<String, Long> rows,
            Map<String, Long> points) {
        static Taken of(Manifest manifest, Path folder) {
            return new Taken(
                    manifest.id(),
                    folder.toString(),
                    manifest.startedAt(),
                    manifest.finishedAt(),
                    manifest.counts(Kind.RECORDS),
                    manifest.counts(Kind.ROWS),
                    manifest.counts(Kind.POINTS));
        }
    }

    @Override
    public void addTo(HttpRouting.Builder routing) {
        desk.post(routing, "/v1/admin/backup", this::backup);
    }

    private Object backup(Question question) {
        Path folder = folder(Form.of(question, "dir").fields().one("dir").orElse(""));
        return desk.begin(
                "backup",
                question.by(),
                progress -> Taken.of(
                        Backup.take(desk.config(), folder, question.by(), progress, Clock.systemUTC()), folder));
    }

    /** A relative one would be relative to wherever the service was started. */
    private static Path folder(String text) {
        try {
            Path folder = Path.of(text);
            if (folder.isAbsolute() && folder.equals(folder.normalize())) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw refused();
        }
        throw refused();
    }

    private static RefusedException refused() {
        return RefusedException.badValue(
                "dir", "must be the whole path of a new or empty folder on the machine of this service, without ..");
    }
}
