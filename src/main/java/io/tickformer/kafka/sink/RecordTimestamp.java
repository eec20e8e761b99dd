package io.tickformer.kafka.sink;

/** What the Kafka timestamp of a written record says. */
public enum RecordTimestamp {
    /**
     * When it was written. Under a topic's retention it lives as long as any other record, however
     * old the data that it speaks of.
     */
    ISSUE_TIME,
    /**
     * The event time. A replay of old data into a topic with a retention time may vanish at once.
     */
    EVENT_TIME
}
