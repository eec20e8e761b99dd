package io.tickformer.kafka.sink;

import io.tickformer.annotation.Internal;
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
 * Creates the Flink sinks of a job.
 *
 * @param connection the cluster
 * @param delivery delivery guarantee
 * @param transactionalIdPrefix prefix of the transactional ids, unique to the job
 * @param transactionTimeout time after which the broker aborts a transaction, at most the broker's
 *     maximum
 */
@Internal
public record RecordSinks(
        KafkaConnection connection,
        DeliveryMode delivery,
        String transactionalIdPrefix,
        Duration transactionTimeout) {

    private static final String BATCH_BYTES = Integer.toString(128 * 1024);
    private static final String LINGER_MILLIS = "1";

    /** The prefix of the transactional ids of a sink. */
    public String transactionalIds(String name) {
        return transactionalIdPrefix + "-" + name;
    }

    /**
     * Creates a sink.
     *
     * @param name distinguishes its transactions from those of the job's other sinks
     * @param records creates the records
     */
    public <T> Sink<T> sink(String name, TopicRecordSerializer<T> records) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // The forecasts of a tick arrive in a burst: they fill few large requests, and the last
        // request does not linger.
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
        if (delivery == DeliveryMode.EXACTLY_ONCE) {
            // Pooling reuses transactional ids. Otherwise a broker would keep the ids of all
            // checkpoints ever taken.
            builder.setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix(transactionalIds(name))
                    .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING);
        } else {
            builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
        }
        return new LeakFreeKafkaSink<>(builder.build(), transactionTimeout);
    }
}
