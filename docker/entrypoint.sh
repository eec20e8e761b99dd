#!/bin/sh
# Starts what the image of Flink starts, under a root that cannot be written: that image's own entry
# point writes its settings into conf. Here conf is a tmpfs, which this fills with the image's own
# before.
set -eu

home="${FLINK_HOME:-/opt/flink}"
cp -R "$home/conf-of-image/." "$home/conf/"

exec "${TICKFORMER_START:-/docker-entrypoint.sh}" "$@"
