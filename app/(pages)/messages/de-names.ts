/** Options, targets and formats in German. */
import type { VocabularyNames } from './vocabulary-texts.ts'

const SHORT_SECRET = 'ein Text von höchstens 42 Zeichen'

// biome-ignore format: a table, one row an option
const OPTIONS_IN_GERMAN: VocabularyNames['options'] = {
  pages: { label: 'Seiten', sentence: 'Nur diese Seiten oder Folien, zum Beispiel 1-3,7, in dieser Reihenfolge; 5-2 zählt rückwärts. Gezählt wird, wie sie ohne diese Option herauskommen. Ohne Angabe: alle, bei Bildern die erste. Eine Seite gibt ein Bild, mehrere ein ZIP davon.', valid: 'Seitenzahlen wie 1-3,7 oder 7,3-1, jede einmal, oder „all“' },
  split: { label: 'Teilen', sentence: 'Macht aus jedem dieser Seitenbereiche ein PDF, zum Beispiel 1-3, 5, 8-, oder „each“ für jede Seite; mehrere kommen in ein ZIP. Lesezeichen und Links bleiben, wenn sie zu einer Seite desselben PDFs führen.', valid: 'Seitenbereiche wie 1-3, 5, 8-, oder das Wort each' },
  quality: { label: 'Bildqualität', sentence: 'Wie gut Bilder als JPEG aussehen, von 1 (kleinste Datei) bis 100 (am besten). JPEG-Bilder, die nicht verkleinert werden müssen, kommen unverändert in ein PDF.' },
  lossless: { label: 'Verlustfreie Bilder', sentence: 'Behält Bilder im PDF genau, wie sie sind, für Druck und Archive; die Datei wird größer. Mit einer Auflösung werden sie verkleinert, aber nicht als JPEG gepackt.' },
  resolution: { label: 'Auflösung', sentence: 'Punkte je Zoll. Feinere Bilder in einem PDF werden darauf verkleinert (sonst 300); Seiten werden damit zu Bildern (sonst 150).' },
  notes: { label: 'Notizenseiten', sentence: 'Für Handzettel: Die Notizen des Vortrags fehlen, folgen auf die Folien, oder kommen allein.' },
  hiddenSlides: { label: 'Ausgeblendete Folien', sentence: 'Druckt auch Folien, die in der Vorführung ausgeblendet sind.' },
  hiddenSheets: { label: 'Ausgeblendete Blätter', sentence: 'Druckt auch ausgeblendete Blätter.' },
  hiddenText: { label: 'Verborgener Text', sentence: 'Zeigt auch verborgenen Text, verborgene Absätze und Bereiche. Office-Formate halten Text verborgen; verborgene Bereiche behält nur OpenDocument.' },
  hiddenRows: { label: 'Ausgeblendete Zeilen', sentence: 'Zeigt auch ausgeblendete Zeilen und Spalten von Blättern. Office-Formate lassen sie ausgeblendet.' },
  trackedChanges: { label: 'Verfolgte Änderungen', sentence: 'Zeigt den Text, wie er bearbeitet und markiert wurde, oder mit allen Änderungen angenommen oder verworfen. Ohne Angabe: angenommen in reinem Text und Webseiten, sonst markiert.' },
  comments: { label: 'Kommentare', sentence: 'Lässt Kommentare weg, druckt die eines Textes an den Rand kleinerer Seiten, oder macht sie zu Notizen im PDF, die sich mit einem Klick öffnen. Ein PDF/A kann solche Notizen nicht enthalten.' },
  bookmarks: { label: 'Lesezeichen', sentence: 'Fügt ein Inhaltsverzeichnis zum Anklicken hinzu, aus Überschriften, Folientiteln oder Blattnamen. Eine Zeichnung hat keines, wenn nur einige ihrer Seiten gedruckt werden.' },
  formFields: { label: 'Formularfelder', sentence: 'Lässt Formularfelder ausfüllbar; ausgeschaltet wird ihr Inhalt als Text gedruckt.' },
  onePagePerSheet: { label: 'Eine Seite je Blatt', sentence: 'Macht jede Seite so groß wie ihr Blatt und zeigt es ganz, unabhängig vom Druckbereich. Eine Seite mit Kopf- oder Fußzeile ist mindestens so groß wie Papier; ein Blatt über 200 Zoll geht auf weiteren Seiten weiter; ein leeres hat keine.' },
  fitToWidth: { label: 'Auf Breite verkleinern', sentence: 'Verkleinert Blätter, bis alle Spalten auf die Breite einer Seite passen.' },
  emptyPages: { label: 'Leere Seiten', sentence: 'Behält Seiten ohne Text und Bilder und Notizenseiten von Folien ohne Notizen. Ausgeschaltet werden sie weggelassen; Farben und Zellrahmen allein gelten als leer.' },
  landscape: { label: 'Querformat', sentence: 'Druckt Blätter auf quer gelegtes Papier.' },
  paper: { label: 'Papier', sentence: 'Für Dateien ohne eigene Seiten. Ohne Angabe: Letter oder A4, je nachdem, was im ersten Land der Sprachen Ihres Browsers üblich ist (Accept-Language). Ein Bild behält sonst seine Größe; mit gewähltem Papier werden größere darauf eingepasst, in ihrer Ausrichtung.' },
  language: { label: 'Sprache von Datum und Zahlen', sentence: 'Für Datum und Zahlen, deren Form das Dokument offenlässt. Ohne Angabe: seine eigene Sprache oder, bei einer Mappe ohne eine, die erste Ihres Browsers (Accept-Language).' },
  timeZone: { label: 'Zeitzone', sentence: 'Für Felder, die Datum oder Uhrzeit der Umwandlung drucken, zum Beispiel Europe/Berlin. Ohne Angabe: UTC.', valid: 'eine Zeitzone wie Europe/Berlin' },
  password: { label: 'Passwort der Datei', sentence: 'Öffnet eine geschützte Datei.', valid: 'ein Text von höchstens 200 Zeichen' },
  resultPassword: { label: 'Passwort des PDFs', sentence: 'Ohne dieses kann niemand das PDF öffnen.', valid: SHORT_SECRET },
  permissionPassword: { label: 'Passwort der Rechte', sentence: 'Hebt die Einschränkungen von Druck, Änderungen und Kopieren auf. Ohne eines kann sie niemand aufheben.', valid: SHORT_SECRET },
  printing: { label: 'Drucken', sentence: 'Ob das PDF gedruckt werden darf: gar nicht, in geringer oder in voller Qualität.' },
  changes: { label: 'Ändern', sentence: 'Ob das PDF geändert werden darf.' },
  copying: { label: 'Kopieren', sentence: 'Ob aus dem PDF kopiert werden darf.' },
  watermark: { label: 'Wasserzeichen', sentence: 'Ein oder zwei Wörter, quer über jede Seite gedruckt.', valid: 'ein Text von höchstens 100 Zeichen' },
  sheet: { label: 'Blatt', sentence: 'Welches Blatt die CSV-Tabelle wird, gezählt ab 1. Die anderen werden weggelassen.' },
  values: { label: 'Werte in der CSV', sentence: 'Schreibt Zellen, wie sie aussehen, oder als rohe Werte: alle Stellen einer Zahl, ohne Tausendertrennzeichen und Einheiten. Prozentwerte, Datumsangaben und Uhrzeiten erhalten eine feste Form.' },
  delimiter: { label: 'Trennzeichen', sentence: 'Was die Zellen trennt: einer CSV oder TSV, die gelesen wird, sonst der CSV, die geschrieben wird. Ohne Angabe: beim Lesen erkannt, beim Schreiben ein Komma.' },
  dates: { label: 'Datum lesen', sentence: 'Liest Datum und Uhrzeit in einer CSV als echte Werte, die ihr Aussehen behalten. Wählen Sie, ob in 03/04/2026 der Tag oder der Monat zuerst kommt. Ohne Angabe: Sie bleiben Text.' },
  percentages: { label: 'Prozente lesen', sentence: 'Liest Prozente in einer CSV als Zahlen, die ihr Aussehen behalten. Ohne Angabe: Sie bleiben Text.' },
  formulas: { label: 'Formeln berechnen', sentence: 'Berechnet Zellen einer CSV, die mit = beginnen. Ohne Angabe: Sie bleiben Text.' },
  asText: { label: 'Alles als Text', sentence: 'Liest jede Zelle einer CSV als Text, auch Zahlen.' },
  charset: { label: 'Zeichensatz', sentence: 'Des reinen Textes oder der Webseite, die gelesen wird, sonst des Textes, der geschrieben wird. Ohne Angabe: beim Lesen erkannt, beim Schreiben UTF-8.' },
}

// biome-ignore format: a table
const CHOICES_IN_GERMAN: VocabularyNames['choices'] = {
  none: 'Keine', added: 'Hinzugefügt', only: 'Nur diese', marked: 'Markiert', accepted: 'Angenommen', rejected: 'Verworfen',
  margin: 'Am Rand', annotations: 'Als Notizen', low: 'Gering', high: 'Voll', shown: 'Wie gezeigt', raw: 'Roh',
  comma: 'Komma', semicolon: 'Semikolon', tab: 'Tabulator', pipe: 'Senkrechter Strich', space: 'Leerzeichen',
  dayFirst: 'Tag zuerst', monthFirst: 'Monat zuerst', letter: 'Letter', legal: 'Legal', tabloid: 'Tabloid',
  'en-US': 'Englisch (USA)', 'en-GB': 'Englisch (UK)', 'cs-CZ': 'Tschechisch', 'da-DK': 'Dänisch', 'nl-NL': 'Niederländisch',
  'fi-FI': 'Finnisch', 'fr-FR': 'Französisch (Frankreich)', 'fr-CA': 'Französisch (Kanada)', 'de-DE': 'Deutsch (Deutschland)',
  'de-AT': 'Deutsch (Österreich)', 'de-CH': 'Deutsch (Schweiz)', 'el-GR': 'Griechisch', 'hu-HU': 'Ungarisch', 'it-IT': 'Italienisch',
  'nb-NO': 'Norwegisch', 'pl-PL': 'Polnisch', 'pt-PT': 'Portugiesisch (Portugal)', 'pt-BR': 'Portugiesisch (Brasilien)',
  'ro-RO': 'Rumänisch', 'ru-RU': 'Russisch', 'es-ES': 'Spanisch (Spanien)', 'es-MX': 'Spanisch (Mexiko)', 'sv-SE': 'Schwedisch',
  'tr-TR': 'Türkisch', 'uk-UA': 'Ukrainisch', 'zh-CN': 'Chinesisch (China)', 'zh-TW': 'Chinesisch (Taiwan)', 'ja-JP': 'Japanisch',
  'ko-KR': 'Koreanisch',
}

// biome-ignore format: a table, one row a target
const TARGETS_IN_GERMAN: VocabularyNames['targets'] = {
  pdf: { name: 'PDF', sentence: 'Sieht überall gleich aus.' },
  'pdfa-1b': { name: 'PDF/A-1b', sentence: 'Für Archive, die das älteste Profil verlangen: Schriften enthalten, nichts durchsichtig. Jede Seite mit etwas Durchsichtigem wird ein Bild, dessen Text sich weder suchen noch kopieren lässt.' },
  'pdfa-2b': { name: 'PDF/A-2b', sentence: 'Für Archive: Es enthält alles, was zum Anzeigen nötig ist.' },
  'pdfa-3b': { name: 'PDF/A-3b', sentence: 'Für Archive, in denen Dateien angehängt sein dürfen.' },
  pdfua: { name: 'PDF/UA', sentence: 'Für Vorleseprogramme: ausgezeichnet, mit Titel und Sprache.' },
  png: { name: 'PNG', sentence: 'Scharfe Bilder von Seiten.' },
  jpg: { name: 'JPG', sentence: 'Kleine Bilder von Seiten.' },
  svg: { name: 'SVG', sentence: 'Bilder von Seiten, die sich vergrößern lassen.' },
  txt: { name: 'Nur-Text', sentence: 'Nur die Wörter.' },
  docx: { name: 'Word', sentence: 'Zum Weiterbearbeiten in Word.' },
  odt: { name: 'OpenDocument-Text', sentence: 'Zum Weiterbearbeiten als OpenDocument-Text.' },
  rtf: { name: 'Rich Text', sentence: 'Zum Weiterbearbeiten als Rich Text.' },
  html: { name: 'Webseite', sentence: 'Zum Lesen im Browser, in einer Datei mit ihren Bildern.' },
  xlsx: { name: 'Excel', sentence: 'Zum Weiterbearbeiten in Excel.' },
  ods: { name: 'OpenDocument-Tabelle', sentence: 'Zum Weiterbearbeiten als OpenDocument-Tabelle.' },
  csv: { name: 'CSV-Tabelle', sentence: 'Ein Blatt als reiner Text, seine Zellen, wie sie aussehen. Ohne Angabe: das erste Blatt.' },
  pptx: { name: 'PowerPoint', sentence: 'Zum Weiterbearbeiten in PowerPoint.' },
  odp: { name: 'OpenDocument-Präsentation', sentence: 'Zum Weiterbearbeiten als OpenDocument-Präsentation.' },
}

// biome-ignore format: a table
const SOURCES_IN_GERMAN: VocabularyNames['sources'] = {
  pptx: 'PowerPoint-Präsentation', ppsx: 'PowerPoint-Vorführung', potx: 'PowerPoint-Vorlage', pptm: 'PowerPoint-Präsentation mit Makros',
  ppsm: 'PowerPoint-Vorführung mit Makros', potm: 'PowerPoint-Vorlage mit Makros', ppt: 'PowerPoint-97-Präsentation', pps: 'PowerPoint-97-Vorführung',
  pot: 'PowerPoint-97-Vorlage', odp: 'OpenDocument-Präsentation', otp: 'OpenDocument-Präsentationsvorlage', fodp: 'flache OpenDocument-Präsentation',
  sxi: 'OpenOffice-1-Präsentation', key: 'Keynote-Präsentation', docx: 'Word-Dokument', dotx: 'Word-Vorlage', docm: 'Word-Dokument mit Makros',
  dotm: 'Word-Vorlage mit Makros', doc: 'Word-97-Dokument', dot: 'Word-97-Vorlage', wordml: 'Word-2003-XML-Dokument', odt: 'OpenDocument-Text',
  ott: 'OpenDocument-Textvorlage', fodt: 'flacher OpenDocument-Text', rtf: 'Rich Text', txt: 'Nur-Text', sxw: 'OpenOffice-1-Text',
  pages: 'Pages-Dokument', wpd: 'WordPerfect-Dokument', wps: 'Works-Dokument', wri: 'Write-Dokument', html: 'Webseite', mhtml: 'Webarchiv (MHTML)',
  xlsx: 'Excel-Mappe', xlsm: 'Excel-Mappe mit Makros', xltx: 'Excel-Vorlage', xltm: 'Excel-Vorlage mit Makros', xlsb: 'binäre Excel-Mappe',
  xls: 'Excel-97-Mappe', xlt: 'Excel-97-Vorlage', spreadsheetml: 'Excel-2003-XML-Mappe', 'mhtml-table': 'HTML-Tabelle in einem Webarchiv (MHTML)',
  'html-table': 'HTML-Tabelle', sxc: 'OpenOffice-1-Tabelle', numbers: 'Numbers-Tabelle', 123: 'Lotus-1-2-3-Tabelle', wb2: 'Quattro-Pro-Tabelle',
  slk: 'Tabelle in SYLK', dif: 'Tabelle in DIF', ods: 'OpenDocument-Tabelle', ots: 'OpenDocument-Tabellenvorlage', fods: 'flache OpenDocument-Tabelle',
  csv: 'Tabelle als Nur-Text (CSV)', tsv: 'Tabelle als Nur-Text (TSV)', odg: 'OpenDocument-Zeichnung', otg: 'OpenDocument-Zeichnungsvorlage',
  fodg: 'flache OpenDocument-Zeichnung', sxd: 'OpenOffice-1-Zeichnung', vsdx: 'Visio-Zeichnung', vsd: 'Visio-2003-Zeichnung',
  pub: 'Publisher-Dokument', svg: 'SVG-Zeichnung', png: 'PNG-Bild', jpg: 'JPEG-Bild', gif: 'GIF-Bild', bmp: 'BMP-Bild', tiff: 'TIFF-Bild',
  webp: 'WebP-Bild', emf: 'EMF-Zeichnung', wmf: 'WMF-Zeichnung', pdf: 'PDF-Dokument',
}

export const DE_NAMES: VocabularyNames = {
  options: OPTIONS_IN_GERMAN,
  choices: CHOICES_IN_GERMAN,
  targets: TARGETS_IN_GERMAN,
  sources: SOURCES_IN_GERMAN,
  charsetGroups: {
    Unicode: 'Unicode',
    'Western European': 'Westeuropäisch',
    'Central European': 'Mitteleuropäisch',
    'Baltic and Nordic': 'Baltisch und nordisch',
    Cyrillic: 'Kyrillisch',
    Greek: 'Griechisch',
    Turkish: 'Türkisch',
    Hebrew: 'Hebräisch',
    Arabic: 'Arabisch',
    'Thai and Vietnamese': 'Thailändisch und vietnamesisch',
    Chinese: 'Chinesisch',
    Japanese: 'Japanisch',
    Korean: 'Koreanisch',
  },
  presets: {
    'E-mail': {
      name: 'E-Mail',
      sentence: 'Ein kleines PDF: Bilder werden auf das verkleinert, was ein Bildschirm zeigt.',
    },
    Print: { name: 'Druck', sentence: 'Ein PDF, dessen Bilder fein genug für Papier sind.' },
    Archive: { name: 'Archiv', sentence: 'PDF/A-2b, das auch in fünfzig Jahren noch lesbar ist.' },
    'Slides as pictures': {
      name: 'Folien als Bilder',
      sentence: 'Ein ZIP mit einem PNG jeder Seite oder Folie.',
    },
  },
}
