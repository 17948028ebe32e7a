#!/usr/bin/env bash
# LibreOffice 7.4.7: a link of a rich text (or DOCX) whose text has no character style, as many programs write links, is
# imported as a link in the “Default Style”, and a PDF lacks every such link. With a character style on its text, the
# same link can be clicked on.
# Needs Debian's libreoffice-writer in this version and qpdf.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
link='{\field{\*\fldinst HYPERLINK "https://example.org/x"}{\fldrslt'
printf '{\\rtf1\\ansi %s link}}\\par}' "$link" >plain.rtf
printf '{\\rtf1\\ansi{\\stylesheet{\\*\\cs15 Hyperlink;}}%s {\\cs15 link}}}\\par}' "$link" >styled.rtf
seen=
for file in plain.rtf styled.rtf; do
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf "$file" >/dev/null 2>&1
  count=$(qpdf --qdf --object-streams=disable "${file%.*}.pdf" - | grep -ac '/URI (https' || true)
  seen+="$file: $count links in the PDF"$'\n'
done
expected='plain.rtf: 0 links in the PDF
styled.rtf: 1 links in the PDF
'
printf %s "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
