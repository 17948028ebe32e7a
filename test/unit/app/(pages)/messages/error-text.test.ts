import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TRANSLATIONS } from '#app/(pages)/messages/catalogue.ts'
import { errorLine, errorText, noteText } from '#app/(pages)/messages/error-text.ts'
import { createTexts } from '#app/(pages)/messages/texts.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { notDrawnNotes } from '#lib/vocabulary/notes/not-drawn-notes.ts'
import { note, noteView } from '#lib/vocabulary/notes.ts'
import { parseSettings } from '#lib/vocabulary/settings.ts'
import { ENGLISH } from '../english.ts'

const { messages, vocabulary } = TRANSLATIONS.de
const GERMAN = createTexts({
  language: 'de',
  messages: { ...messages, ...vocabulary?.sentences },
  names: vocabulary?.names ?? null,
})

const tooLarge = new AppError('too_large', { details: { limit: 512 } }).toJobError()

/** The refusal of settings for a file of this format. */
function refusal(format: string, target: string, options: Record<string, unknown> = {}) {
  try {
    parseSettings({ target, options }, format)
  } catch (error) {
    if (error instanceof AppError) return error.toJobError()
  }
  assert.fail('not refused')
}

test('an error is worded anew of its code and details', () => {
  assert.equal(errorText(GERMAN, tooLarge).message, 'Diese Datei ist größer als 512 MB.')
  assert.equal(errorText(ENGLISH, tooLarge).message, 'This file is larger than 512 MB.')
})

test('an error without details, or with a code that the page does not know, keeps the server’s sentences', () => {
  const { details: _, ...finished } = tooLarge
  assert.deepEqual(errorText(GERMAN, finished).message, finished.message)
  assert.equal(errorText(GERMAN, { ...tooLarge, code: 'written_tomorrow' }).message, tooLarge.message)
})

test('an error of a merge names its file', () => {
  const error = new AppError('pdf_without_pages', { details: { part: 'a.pdf' } }).toJobError()
  assert.equal(errorText(GERMAN, error).message, '„a.pdf“: Dieses PDF hat keine Seiten.')
})

test('options, targets and formats in an error have their names in the language', () => {
  assert.equal(
    errorLine(GERMAN, refusal('html-table', 'pptx')).replace(/(Möglich sind: PDF, ).*/, '$1…'),
    'Diese Datei (HTML-Tabelle) kann nicht in PowerPoint umgewandelt werden. Möglich sind: PDF, …',
  )
  assert.equal(
    errorText(GERMAN, refusal('pptx', 'pdf', { quality: 0 })).message,
    'Für die Option „Bildqualität“ geht nur: eine ganze Zahl von 1 bis 100.',
  )
  assert.equal(
    errorText(GERMAN, refusal('pptx', 'pdf', { quality: 5, lossless: true })).message,
    'Die Optionen „Verlustfreie Bilder“ und „Bildqualität“ schließen einander aus.',
  )
  assert.match(
    errorText(GERMAN, refusal('pptx', 'pdf', { permissionPassword: 'x' })).message,
    /: „Drucken“, „Ändern“ oder „Kopieren“\.$/,
  )
})

test('what a program can save instead, and a script, have their names in the language', () => {
  const better = { program: 'Pages', better: 'a Word document (.docx)', betterFormat: 'docx' }
  const error = new AppError('format_known_in_part', { details: better }).toJobError()
  assert.match(errorText(GERMAN, error).nextStep, /speichern Sie es als Word-Dokument \(\.docx\) und/)
  assert.match(errorText(ENGLISH, error).nextStep, /save it as a Word document \(\.docx\) and/)
  const details = { script: 'Arabic', scriptCode: 'Arab', sample: 'ع' }
  const missing = noteView(note('characters_missing', { count: 2, details }))
  assert.match(noteText(GERMAN, missing).message, /\(Arabisch, ع\)/)
})

test('a file of another kind gets the next step of its kind', () => {
  const of = (details: Record<string, string>) =>
    errorText(GERMAN, new AppError('unsupported_format', { details }).toJobError()).nextStep
  assert.match(of({ kind: 'rar' }), /^Entpacken Sie sie/)
  assert.match(of({ kind: 'heic' }), /JPEG oder PNG/)
  assert.match(of({}), /das unten auf der Seite steht/)
})

test('a note is worded anew, with its lists and its number', () => {
  const fonts = { names: ['Lato', 'Inter'], replacedBy: 'Carlito' }
  const view = noteView(note('font_replaced', { count: 2, details: fonts }))
  const { message, nextStep } = noteText(GERMAN, view)
  assert.equal(message, 'Lato und Inter sind auf dem Server nicht installiert: Verwendet wurde Carlito.')
  assert.match(nextStep ?? '', /^Lassen Sie die Schrift/)
  const packaged = noteView(note('font_replaced', { details: { ...fonts, package: 'fonts-lato' } }))
  assert.match(noteText(GERMAN, packaged).nextStep ?? '', /Debian-Paket fonts-lato/)
  assert.equal(noteText(ENGLISH, view).message, view.message)
})

test('what is not drawn is told by kind', () => {
  const [missing] = notDrawnNotes({ slicers: 1, charts: 2 }, { engine: 'LibreOffice 7.4.7.2', isDrawn: true })
  assert.ok(missing)
  assert.equal(
    noteText(GERMAN, noteView(missing)).message,
    'Im Ergebnis fehlt, was LibreOffice nicht zeichnet: 1 Datenschnitt und 2 Diagramme einer Art von Excel 2016 oder später.',
  )
})
