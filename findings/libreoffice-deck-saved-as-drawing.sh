#!/usr/bin/env bash
# LibreOffice 7.4.7: `--convert-to odg` of a presentation chooses a filter called impress8_draw and reports success, but the
# .odg says of itself that it is a presentation: in its mimetype entry, in its manifest and in its body
# (office:presentation). Who goes by the content of an OpenDocument file finds another type than its name has.
# Needs Debian's libreoffice-impress in this version; python3 makes and reads the files.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - <<'PY'
names = ('office', 'text', 'style', 'draw:drawing', 'svg:svg-compatible', 'fo:xsl-fo-compatible')
spaces = ' '.join(f'xmlns:{n.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{n.split(":")[-1]}:1.0"' for n in names)
with open('deck.fodp', 'w') as file:
    file.write(f'<?xml version="1.0"?><office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="M" style:page-layout-name="P"/></office:master-styles><office:body><office:presentation><draw:page draw:name="One" draw:master-page-name="M"/></office:presentation></office:body></office:document>')
PY
said=$(soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to odg deck.fodp 2>/dev/null | grep -o 'using filter : .*')
seen=$(echo "$said"; python3 - <<'PY'
import re, zipfile
with zipfile.ZipFile('deck.odg') as odg:
    print(odg.read('mimetype').decode())
    print(re.search(r'full-path="/"[^>]*media-type="([^"]*)"', odg.read('META-INF/manifest.xml').decode())[1])
    print(re.search(r'<office:body><(office:\w+)', odg.read('content.xml').decode())[1])
PY
)
expected='using filter : impress8_draw
application/vnd.oasis.opendocument.presentation
application/vnd.oasis.opendocument.presentation
office:presentation'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
