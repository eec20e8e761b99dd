package io.tickformer.job;

/** The names of topics in documents. */
final class TopicNames {

    private TopicNames() {}

    /** The default name; for an output without one, the name that its setting suggests. */
    static String title(OptionDescriptor topic) {
        String name = topic.defaultText();
        return name.isEmpty()
                ? topic.key().replace("sink.", "").replace("-topic", "") + "-observations"
                : name;
    }
}
