#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12): of a linked object whose file is away, OpenDocument keeps a picture in the package, the
# next child of the same draw:frame. Impress and Calc draw it. Writer draws nothing in its place, and says nothing.
# The three documents hold the very same frame.
# Needs Debian's libreoffice-writer, -impress and -calc and poppler-utils, in these versions; node and zip make the files.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
node -e '
  const { mkdirSync, writeFileSync } = require("fs")
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64")
  const oasis = "urn:oasis:names:tc:opendocument:xmlns", load = `xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"`
  const frame = place => `<draw:frame ${place} svg:x="1cm" svg:y="1cm" svg:width="3cm" svg:height="3cm"><draw:object xlink:href="file:///nowhere/away.ods" ${load}/><draw:image xlink:href="./ObjectReplacements/Object 1" ${load}/></draw:frame>`
  const bodies = {
    text: `<office:text><text:p>${frame(`text:anchor-type="as-char"`)}</text:p></office:text>`,
    presentation: `<office:presentation><draw:page draw:name="p">${frame("")}</draw:page></office:presentation>`,
    spreadsheet: `<office:spreadsheet><table:table table:name="t"><table:shapes>${frame("")}</table:shapes><table:table-row><table:table-cell/></table:table-row></table:table></office:spreadsheet>`,
  }
  for (const [kind, body] of Object.entries(bodies)) {
    const type = `application/vnd.oasis.opendocument.${kind}`, entry = (path, media) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${media}"/>`
    mkdirSync(`${kind}/META-INF`, { recursive: true }); mkdirSync(`${kind}/ObjectReplacements`)
    writeFileSync(`${kind}/mimetype`, type)
    writeFileSync(`${kind}/ObjectReplacements/Object 1`, png)
    writeFileSync(`${kind}/content.xml`, `<office:document-content xmlns:office="${oasis}:office:1.0" xmlns:text="${oasis}:text:1.0" xmlns:table="${oasis}:table:1.0" xmlns:draw="${oasis}:drawing:1.0" xmlns:svg="${oasis}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>${body}</office:body></office:document-content>`)
    writeFileSync(`${kind}/META-INF/manifest.xml`, `<manifest:manifest xmlns:manifest="${oasis}:manifest:1.0" manifest:version="1.2">${entry("/", type)}${entry("content.xml", "text/xml")}${entry("ObjectReplacements/Object 1", "image/png")}</manifest:manifest>`)
  }
'
drawn() { # KIND EXTENSION: how many pictures its PDF has
  (cd "$1" && zip -q -0 "../$1.$2" mimetype && zip -q -r "../$1.$2" META-INF ObjectReplacements content.xml)
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf "$1.$2" >/dev/null 2>&1
  pdfimages -list "$1.pdf" | awk '$3 == "image"' | wc -l
}
text=$(drawn text odt) presentation=$(drawn presentation odp) spreadsheet=$(drawn spreadsheet ods)
echo "pictures drawn: text $text, presentation $presentation, spreadsheet $spreadsheet"
[ "$presentation $spreadsheet" = '1 1' ] || { echo 'Impress or Calc no longer draws it' >&2; exit 1; }
[ "$text" = 0 ] || { echo 'Writer draws it now' >&2; exit 1; }
