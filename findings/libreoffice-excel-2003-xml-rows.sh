#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12) has two readers for Excel 2003 XML. The one of libreoffice-common's stylesheets, “MS Excel
# 2003 XML”, drops the rows that an ss:Index leaves out, as Excel writes them, and leaves the references of formulas as
# they were: a sum over the two cells below it becomes 0. The other one, “MS Excel 2003 XML Orcus”, keeps the rows and
# the sum, and drops links on cells. Neither says anything.
# Needs Debian's libreoffice-calc in this version.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
number() { echo "<Row><Cell><Data ss:Type=\"Number\">$1</Data></Cell></Row>"; }
cat > gap.xml <<XML
<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Sheet"><Table>
<Row><Cell ss:HRef="http://example.org/"><Data ss:Type="String">first</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:Formula="=SUM(R[1]C:R[2]C)"><Data ss:Type="Number">5</Data></Cell></Row>
$(number 2)$(number 3)
</Table></Worksheet></Workbook>
XML
convert() { # FILTER TARGET
  soffice "-env:UserInstallation=file://$folder/profile" --headless "--infilter=$1" --convert-to "$2" gap.xml >/dev/null 2>&1
}
lines() { convert "$1" csv; paste -sd ' ' gap.csv; }
links() { convert "$1" fods; grep -c 'xlink:href="http://example.org/"' gap.fods || true; }
stylesheet=$(lines 'MS Excel 2003 XML') orcus=$(lines 'MS Excel 2003 XML Orcus')
echo "rows by stylesheet: $stylesheet"
echo "rows by Orcus: $orcus"
kept="$(links 'MS Excel 2003 XML') $(links 'MS Excel 2003 XML Orcus')"
echo "links kept: by stylesheet and by Orcus $kept"
[ "$orcus" = 'first   5 2 3' ] || { echo 'Orcus reads other rows now' >&2; exit 1; }
[ "$stylesheet" = 'first 0 2 3' ] || { echo 'the stylesheet reads other rows now' >&2; exit 1; }
[ "$kept" = '1 0' ] || { echo 'links are read otherwise now' >&2; exit 1; }
