#!/usr/bin/env bash
# LibreOffice 7.4.7 with its Math: an equation of PowerPoint is drawn when it is all that its shape holds. With a word in
# the same shape, or a second equation, the words are drawn and the equations are missing. PowerPoint writes such a shape
# in two forms (mc:AlternateContent), the newer one for programs that know the namespace a14 and a picture of the whole for
# all others; LibreOffice takes the newer one of which it draws a part. With a namespace that nobody knows in the same file
# it takes the other.
# Needs Debian's libreoffice-impress and libreoffice-math in this version, poppler-utils and python3; npm brings pptxgenjs 4.0.1.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version, pptxgenjs 4.0.1"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund pptxgenjs@4.0.1
node -e 'const deck = new (require("pptxgenjs"))(); deck.addSlide().addText("Before", { x: 1, y: 1, w: 4, h: 1 }); deck.writeFile({ fileName: "plain.pptx" })' >/dev/null
python3 - <<'PY'
import zipfile
M = 'http://schemas.openxmlformats.org/officeDocument/2006/math'
C = 'http://schemas.openxmlformats.org/markup-compatibility/2006'
known = {'a14': 'http://schemas.microsoft.com/office/drawing/2010/main', 'x99': 'https://example.org/unknown'}
def shape(number, inside):
    return f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="S{number}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="914400" y="2743200"/><a:ext cx="3657600" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p>{inside}</a:p></p:txBody></p:sp>'
equation = f'<a14:m xmlns:a14="{known["a14"]}"><m:oMath xmlns:m="{M}"><m:r><m:t>y</m:t></m:r></m:oMath></a14:m>'
words = '<a:r><a:t>words</a:t></a:r>'
instead = shape(51, '<a:r><a:t>Instead</a:t></a:r>')
cases = (('alone', equation, 'a14'), ('beside', words + equation, 'a14'), ('two', f'{equation}</a:p><a:p>{equation}', 'a14'), ('unknown', words + equation, 'x99'))
for name, inside, prefix in cases:
    newer = shape(50, inside)
    with zipfile.ZipFile('plain.pptx') as plain, zipfile.ZipFile(f'{name}.pptx', 'w') as changed:
        for entry in plain.namelist():
            content = plain.read(entry)
            if entry == 'ppt/slides/slide1.xml':
                both = f'<mc:AlternateContent xmlns:mc="{C}"><mc:Choice xmlns:{prefix}="{known[prefix]}" Requires="{prefix}">{newer}</mc:Choice><mc:Fallback>{instead}</mc:Fallback></mc:AlternateContent>'
                content = content.decode().replace('</p:spTree>', both + '</p:spTree>').encode()
            changed.writestr(entry, content)
PY
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf alone.pptx beside.pptx two.pptx unknown.pptx >/dev/null 2>&1
seen=$(for name in alone beside two unknown; do echo "$name: $(pdftotext $name.pdf - | tr -s '\n\f' '  ')"; done)
expected='alone: Before y 
beside: Before words 
two: Before 
unknown: Before Instead '
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'the behaviour has changed' >&2; exit 1; }
