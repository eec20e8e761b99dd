package io.tickformer.lab.chaos;

/** A process that a fault kills. */
enum FaultTarget {
    TASK_MANAGER_1("TaskManager 1"),
    TASK_MANAGER_2("TaskManager 2"),
    JOB_MANAGER("JobManager"),
    BROKER("broker"),
    REGISTRY("registry");

    private final String text;

    FaultTarget(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
