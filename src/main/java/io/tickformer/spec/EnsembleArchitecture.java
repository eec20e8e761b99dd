package io.tickformer.spec;

import static io.tickformer.spec.SpecException.require;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Several networks of one architecture with weights of their own in one file: its forecast is the
 * mean of theirs, quantile by quantile (Vincent's average, Ratcliff 1979).
 *
 * @param member what each of them is; no ensemble itself
 * @param members how many there are
 */
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
