/**
 * Coverage-guided fuzz targets of the doors that data of others comes in by. Each class has one
 * target; as a plain test it runs the inputs that are kept in the resources, and the profile {@code
 * fuzz} of the build searches for new ones.
 */
package io.tickformer.fuzz;
