package io.tickformer.lab.chaos;

/** A process that a fault kills. */
enum Target {
    TASK_MANAGER_1("TaskManager 1"),
    TASK_MANAGER_2("TaskManager 2"),
    JOB_MANAGER("JobManager"),
    BROKER("broker"),
    REGISTRY("registry");

    private final String text;

    Target(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
