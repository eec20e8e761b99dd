package io.tickformer.kafka.sink;

import io.tickformer.kafka.KafkaConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;

/**
 * Ends the transactions that a job which was killed has left open. The job that starts in its place
 * would do so a moment later. Done before, it lets what the job has committed be read: a reader of
 * committed records stops at the first transaction that is open, and others behind it may be
 * committed.
 */
public final class OpenTransactions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OpenTransactions() {}

    /**
     * Aborts every open transaction of the sink whose ids begin with a prefix. A job that still
     * runs with these ids fails.
     *
     * @return how many were open
     * @throws IOException if the brokers cannot be asked or refuse
     */
    public static int abort(KafkaConnection connection, String idPrefix) throws IOException {
        Properties properties = connection.clientProperties();
        int millis = Math.toIntExact(PATIENCE.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        // The connector puts subtask and number behind the prefix. Another sink's may begin alike.
        Pattern ofSink = Pattern.compile(Pattern.quote(idPrefix) + "-\\d+-\\d+");
        try (Admin admin = Admin.create(properties)) {
            List<String> open =
                    admin
                            .listTransactions(
                                    new ListTransactionsOptions()
                                            .filterStates(EnumSet.of(TransactionState.ONGOING)))
                            .all()
                            .get()
                            .stream()
                            .map(TransactionListing::transactionalId)
                            .filter(id -> ofSink.matcher(id).matches())
                            .sorted()
                            .toList();
            if (!open.isEmpty()) {
                admin.fenceProducers(Set.copyOf(open)).all().get();
            }
            return open.size();
        } catch (ExecutionException e) {
            throw connection.failed(
                    "the transactions that an earlier start has left open cannot be ended",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "interrupted while waiting for " + connection.bootstrapServers(), e);
        } catch (KafkaException e) {
            throw connection.refused(e);
        }
    }
}
