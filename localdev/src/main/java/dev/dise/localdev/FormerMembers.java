package dev.dise.localdev;

import dev.dise.runtime.config.KafkaConfig;
import dev.dise.runtime.kafka.KafkaClients;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever was in a group when the stack was killed. The broker remembers them, and would keep their partitions from the
 * new services until their sessions are over, which is 45 seconds of nothing.
 */
final class FormerMembers {
    private static final Logger log = LoggerFactory.getLogger(FormerMembers.class);
    private static final long PATIENCE_SECONDS = 10;

    private FormerMembers() {}

    /**
     * Takes all members out of all groups, for the first moment of a broker that nobody else uses. A living one that has
     * come back already joins again by itself.
     */
    static void remove(KafkaConfig config) {
        try (Admin admin = new KafkaClients(config).admin()) {
            List<String> groups = admin.listGroups().all().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
                    .map(GroupListing::groupId)
                    .toList();
            for (String group : groups) {
                removeFrom(admin, group);
            }
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().setCause(e).log("former group members not removed, the line may begin a minute late");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the stack was started", e);
        }
    }

    private static void removeFrom(Admin admin, String group) throws InterruptedException, TimeoutException {
        try {
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Empty, or no consumer group: then nobody is in the way.
            log.atDebug().addKeyValue("group", group).setCause(e).log("no former members");
        }
    }
}
