#!/usr/bin/env bash
# LibreOffice 7.4.7: where lines of Hangul end depends on the language that the text is marked with. Marked as Korean,
# Japanese or Chinese, words stay whole; marked as Korean in Hangul alone (ko-Hang-KR), or as English, lines end after
# any syllable. Nothing else sets it: what Word (w:wordWrap) and PowerPoint (eaLnBrk) say of it is not read.
# Needs Debian's libreoffice-writer in this version, fonts-noto-cjk, poppler-utils and python3.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - <<'PY'
words = ' '.join(['가나다라마바사아'] * 12)
names = 'office:1.0 style:1.0 text:1.0'.split()
space = ' '.join(f'xmlns:{n.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{n}"' for n in names)
for language, country, script in [('ko', 'KR', ''), ('ja', 'JP', ''), ('zh', 'CN', ''), ('ko', 'KR', 'Hang'), ('en', 'US', '')]:
    tag = f'style:rfc-language-tag-asian="{language}-{script}-{country}" style:script-asian="{script}"' if script else ''
    style = f'<style:style style:name="P" style:family="paragraph"><style:text-properties style:font-family-asian="\'Noto Sans CJK KR\'" style:font-size-asian="20pt" {tag} style:language-asian="{language}" style:country-asian="{country}"/></style:style>'
    with open(f'{language}{script}.fodt', 'w') as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?><office:document {space} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>{style}</office:automatic-styles><office:body><office:text><text:p text:style-name="P">{words}</text:p></office:text></office:body></office:document>')
PY
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf ./*.fodt >/dev/null 2>&1
seen=$(for name in ko ja zh koHang en; do
  broken=$(pdftotext "$name.pdf" - | grep -v '^[[:space:]]*$' | grep -vc '아[[:space:]]*$' || true)
  echo "$name: lines end $([ "$broken" -gt 0 ] && echo 'within words' || echo 'between words')"
done)
expected='ko: lines end between words
ja: lines end between words
zh: lines end between words
koHang: lines end within words
en: lines end within words'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
