#!/usr/bin/env bash
# Makes and publishes the image: `image.sh push` that of one architecture, `image.sh join` both as one,
# whose digest it writes to GITHUB_OUTPUT. Nothing is released here: see release.sh.
set -euo pipefail

: "${REGISTRY:?the host of the registry}" "${REGISTRY_USER:?}" "${REGISTRY_PASSWORD:?}"
name=$REGISTRY/${GITHUB_REPOSITORY,,} # a registry knows no capitals
tag=$name:$GITHUB_SHA
docker login "$REGISTRY" --username "$REGISTRY_USER" --password-stdin <<<"$REGISTRY_PASSWORD"

case ${1:-} in
push)
    docker buildx build --platform "linux/$ARCHITECTURE" --load --tag "$tag-$ARCHITECTURE" \
        --label "org.opencontainers.image.revision=$GITHUB_SHA" --file docker/Dockerfile .
    docker push "$tag-$ARCHITECTURE"
    ;;
join)
    docker buildx imagetools create --tag "$tag" "$tag-amd64" "$tag-arm64"
    digest=$(docker buildx imagetools inspect "$tag" --format '{{.Manifest.Digest}}')
    printf 'image=%s@%s\n' "$name" "$digest" | tee -a "$GITHUB_OUTPUT"
    ;;
*)
    echo "image.sh: push or join" >&2
    exit 2
    ;;
esac
