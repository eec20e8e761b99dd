/** Rolling scores of the forecasts of a series, by scored step, and of the simple forecasters. */
package io.tickformer.feedback.score;
