#!/usr/bin/env bash
# Builds FerretDB, the MongoDB-compatible server the storage tests use when there is no MongoDB,
# into Go's bin folder. Does nothing when it is there.
# `go install` won't do: what it builds lacks the version file and refuses to start.
set -euo pipefail
version=v1.24.2
target="$(go env GOPATH)/bin/ferretdb"
[ -x "$target" ] && "$target" --version >/dev/null 2>&1 && exit 0

work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
cat >go.mod <<MOD
module ferretdb-installer

require github.com/FerretDB/FerretDB $version
MOD
go mod download "github.com/FerretDB/FerretDB@$version"
cp -r "$(go list -m -f '{{.Dir}}' github.com/FerretDB/FerretDB)" source
chmod -R u+w source
cd source
echo "$version" >build/version/version.txt
mkdir -p "$(dirname "$target")"
nice go build -buildvcs=false -o "$target" ./cmd/ferretdb
