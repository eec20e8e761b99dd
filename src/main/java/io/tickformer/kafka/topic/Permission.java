package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/** Whether this user may do something at the brokers. */
@Internal
public enum Permission {
    YES,
    NO,
    /** The brokers do not tell. */
    UNKNOWN;

    /** Whether an operation is among those that the brokers allow; null if they do not tell. */
    static Permission in(Set<AclOperation> allowed, AclOperation operation) {
        if (allowed == null) {
            return UNKNOWN;
        }
        return allowed.contains(operation) || allowed.contains(AclOperation.ALL) ? YES : NO;
    }
}
