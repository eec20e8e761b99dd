package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tickformer.annotation.Public;

/**
 * An ensemble in one file: several networks of the same architecture, each with its own weights.
 * Its forecast is the mean of their forecasts, quantile by quantile (Vincent averaging, Ratcliff
 * 1979).
 *
 * @param member architecture of each member; not itself an ensemble
 * @param members number of members
 */
@Public
public record EnsembleArchitecture(NetworkArchitecture member, int members)
        implements NetworkArchitecture {
    public EnsembleArchitecture {
        require(
                member != null && !(member instanceof EnsembleArchitecture),
                "member",
                member,
                "a single network");
        SpecLimits.requireMembers(members);
    }

    @Override
    @JsonIgnore
    public int patchLength() {
        return member.patchLength();
    }

    @Override
    public int reach(int contextLength) {
        return member.reach(contextLength);
    }

    @Override
    @JsonIgnore
    public boolean isIncremental() {
        return member.isIncremental();
    }

    @Override
    public void requireContext(int contextLength) {
        member.requireContext(contextLength);
    }
}
