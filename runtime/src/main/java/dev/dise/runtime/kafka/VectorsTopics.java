package dev.dise.runtime.kafka;

import dev.dise.schemas.Topic;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/** The topics of ready points: {@code dise.vectors}, and {@code dise.vectors-g<n>} for each model that came later. */
public final class VectorsTopics {
    private static final Pattern NAME = Pattern.compile(Pattern.quote(Topic.VECTORS.topicName()) + "(-g\\d{1,9})?");
    private static final long PATIENCE_SECONDS = 30;

    private VectorsTopics() {}

    /** Whether a topic is one of them. */
    public static boolean isOne(String topic) {
        return NAME.matcher(topic).matches();
    }

    /**
     * Those that there are, by name.
     *
     * @throws IllegalStateException if Kafka does not answer
     */
    public static List<String> names(KafkaClients clients) {
        try (Admin admin = clients.admin()) {
            return admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
                    .filter(VectorsTopics::isOne)
                    .sorted()
                    .toList();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not tell its topics; is it running?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for topics", e);
        }
    }
}
