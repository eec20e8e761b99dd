/** Broker, registry, ZooKeeper and Flink processes on this machine, and where they keep files. */
package io.tickformer.process;
