#!/usr/bin/env bash
# qpdf 11.3.0: a PDF is written from qpdf's own JSON. A wrong /Size in the trailer is replaced by the right one, which the
# writer counts itself; a missing one is not added, without a word and with exit code 0. The file then lacks its required
# /Size: with plain objects it is read as a damaged one, and with --object-streams=generate, where the cross-reference is a
# stream, qpdf cannot read at all what it has just written.
# Needs Debian's qpdf in this version.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' qpdf)
echo "qpdf $version"
case $version in 11.3.0-*) ;; *) echo 'this was seen with 11.3.0' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
json() {
  cat <<JSON
{"qpdf":[{"jsonversion":2,"pdfversion":"1.7","pushedinheritedpageresources":false,"calledgetallpages":false,"maxobjectid":3},{
"obj:1 0 R":{"value":{"/Type":"/Catalog","/Pages":"2 0 R"}},
"obj:2 0 R":{"value":{"/Type":"/Pages","/Count":1,"/Kids":["3 0 R"]}},
"obj:3 0 R":{"value":{"/Type":"/Page","/Parent":"2 0 R","/MediaBox":[0,0,9,9]}},
"trailer":{"value":{"/Root":"1 0 R"$1}}}]}
JSON
}
json '' > without.json
json ',"/Size":1' > with.json
seen=
for source in without with; do
  for streams in disable generate; do
    qpdf --json-input --object-streams=$streams $source.json made.pdf
    code=0; qpdf --check made.pdf >checked.txt 2>&1 || code=$?
    case $code in 0) verdict=whole ;; 3) verdict='damaged, but read' ;; *) verdict='not read' ;; esac
    seen+="$source /Size, object streams $streams: $verdict"$'\n'
  done
done
expected='without /Size, object streams disable: damaged, but read
without /Size, object streams generate: not read
with /Size, object streams disable: whole
with /Size, object streams generate: whole
'
printf %s "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
