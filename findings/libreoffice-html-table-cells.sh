#!/usr/bin/env bash
# LibreOffice 7.4.7 (Debian 12), an HTML table read by Calc (“HTML (StarCalc)”): a cell that begins with = is calculated,
# a postcode loses its zero and a telephone number its plus, also where Excel's mso-number-format says that the cell is
# text. Only sdnum with the format @, as LibreOffice itself writes it, keeps a cell as it stands.
# Needs Debian's libreoffice-calc in this version.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' libreoffice-core)
echo "libreoffice-core $version"
case $version in 4:7.4.7-*) ;; *) echo 'this was seen with 7.4.7' >&2; exit 1 ;; esac
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
row() { for words in 01067 +4930123 =1+1; do echo "<td$1>$words</td>"; done; }
cat > table.html <<HTML
<html><body><table>
<tr>$(row '')</tr>
<tr>$(row " style='mso-number-format:\"\\@\"'")</tr>
<tr>$(row ' sdnum="1033;0;@"')</tr>
</table></body></html>
HTML
soffice "-env:UserInstallation=file://$folder/profile" --headless '--infilter=HTML (StarCalc)' --convert-to csv table.html >/dev/null 2>&1
cat table.csv
[ "$(paste -sd ' ' table.csv)" = '1067,4930123,2 1067,4930123,2 01067,+4930123,=1+1' ] || { echo 'cells are read otherwise now' >&2; exit 1; }
