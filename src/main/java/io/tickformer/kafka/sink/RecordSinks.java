package io.tickformer.kafka.sink;

import io.tickformer.kafka.KafkaConnection;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Makes the Flink sinks of a job.
 *
 * @param connection the cluster
 * @param delivery what consumers may rely on
 * @param transactionalIdPrefix beginning of the ids of transactions, the job's own
 * @param transactionTimeout when the broker gives up a transaction, at most the broker's maximum
 */
public record RecordSinks(
        KafkaConnection connection,
        Delivery delivery,
        String transactionalIdPrefix,
        Duration transactionTimeout) {

    private static final String BATCH_BYTES = Integer.toString(128 * 1024);
    private static final String LINGER_MILLIS = "1";

    /** What the ids of the transactions of a sink begin with. */
    public String transactionalIds(String name) {
        return transactionalIdPrefix + "-" + name;
    }

    /**
     * A sink.
     *
     * @param name tells its transactions from those of the job's other sinks
     * @param records makes records of what is written
     */
    public <T> Sink<T> sink(String name, TopicRecords<T> records) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // The forecasts of a tick come all at once: they fill few large requests, and the last of
        // them waits for no more.
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.setProperty(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(transactionTimeout.toMillis()));
        properties.putAll(records.producerProperties());
        properties.putAll(connection.clientProperties());
        KafkaSinkBuilder<T> builder =
                KafkaSink.<T>builder()
                        .setKafkaProducerConfig(properties)
                        .setBootstrapServers(connection.bootstrapServers())
                        .setRecordSerializer(records);
        if (delivery == Delivery.EXACTLY_ONCE) {
            // Pooling names transactions from a reused set, so that a broker does not collect
            // the names of every checkpoint there ever was.
            builder.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix(transactionalIds(name))
                    .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING);
        } else {
            builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
        }
        return new LeakFreeKafkaSink<>(builder.build(), transactionTimeout);
    }
}
