package io.tickformer.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tickformer.annotation.Public;

/** Maps a context to a forecast: one of Tickformer's networks, or a foreign ONNX graph. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TransformerArchitecture.class, name = "transformer"),
    @JsonSubTypes.Type(value = ConvolutionArchitecture.class, name = "convolution"),
    @JsonSubTypes.Type(value = RecurrentArchitecture.class, name = "recurrent"),
    @JsonSubTypes.Type(value = LinearArchitecture.class, name = "linear"),
    @JsonSubTypes.Type(value = EnsembleArchitecture.class, name = "ensemble"),
    @JsonSubTypes.Type(value = ForeignArchitecture.class, name = "foreign")
})
@Public
public sealed interface Architecture permits NetworkArchitecture, ForeignArchitecture {}
