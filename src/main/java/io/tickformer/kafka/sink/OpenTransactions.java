package io.tickformer.kafka.sink;

import io.tickformer.annotation.Internal;
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
 * Aborts the transactions that a killed job left open. The next start of the job would do so a
 * moment later. Aborting them earlier makes all committed records readable: a {@code
 * read_committed} consumer stops at the first open transaction, and there may be committed records
 * after it.
 */
@Internal
public final class OpenTransactions {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private OpenTransactions() {}

    /**
     * Aborts all open transactions whose ids the sink derived from a prefix. A running job that
     * uses these ids fails.
     *
     * @return the number of aborted transactions
     * @throws IOException if a request to the brokers fails
     */
    public static int abort(KafkaConnection connection, String idPrefix) throws IOException {
        Properties properties = connection.clientProperties();
        int millis = Math.toIntExact(TIMEOUT.toMillis());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        // The connector appends subtask and number to the prefix. The ids of another sink may share
        // the prefix.
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
                    "cannot abort the transactions that an earlier start left open", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    "interrupted while waiting for " + connection.bootstrapServers(), e);
        } catch (KafkaException e) {
            throw connection.refused(e);
        }
    }
}
