export type Severity = 'info' | 'changed' | 'loss'

/**
 * `one` is said of a count of 1 and `many` of any other. `{count}` and `{name}` are filled from the note and its
 * details. Of the next steps, the first whose details are all there is told.
 */
export interface NoteEntry {
  severity: Severity
  one: string
  many: string
  nextSteps?: readonly string[]
}

/**
 * The one table of notes, as lib/errors.ts is the one of errors. `loss`: the result lacks something that the source
 * shows. `changed`: it is all there and may look different. `info`: good to know. Within a severity, notes are told in
 * the order of this table.
 */
// biome-ignore format: a table, one row a note
export const NOTES = {
  linked_content_not_fetched: { severity: 'loss', one: '1 picture or object that lies outside the document was not fetched.', many: '{count} pictures or objects that lie outside the document were not fetched.', nextSteps: ['Embed what is linked and send the document again.'] },
  bytes_not_readable: { severity: 'loss', one: '1 letter, in line {line}, means nothing in the character set {charset}: � stands in its place.', many: '{count} letters, the first in line {line}, mean nothing in the character set {charset}: � stands in their place.', nextSteps: ['If other letters are wrong too, choose the right one with the option “Character set”.'] },
  media_left_out: { severity: 'loss', one: '1 sound or film was left out.', many: '{count} sounds or films were left out.', nextSteps: ['An office format as the target, such as PPTX or ODP, keeps them.'] },

  repaired: { severity: 'changed', one: 'The file was damaged and was repaired while it was read.', many: 'The file was damaged in {count} places and was repaired while it was read.', nextSteps: ['Compare the result with the file.'] },
  font_replaced: { severity: 'changed', one: '{names} is not installed on the server: {replacedBy} was used.', many: '{names} are not installed on the server: {replacedBy} was used.', nextSteps: ['Have the Debian package {package} installed there and convert again.', 'Have it added to the server’s fonts and convert again.'] },
  charset_uncertain: { severity: 'changed', one: 'Nothing tells the character set: {charset} was taken, with a certainty of {certainty} %.', many: 'Nothing tells the character set: {charset} was taken, with a certainty of {certainty} %.', nextSteps: ['Look at the letters; if some are wrong, choose the right one with the option “Character set”.'] },
  charset_wrongly_declared: { severity: 'changed', one: 'The page says that it is in {declared}, which it is not: {charset} was taken.', many: 'The page says that it is in {declared}, which it is not: {charset} was taken.', nextSteps: ['Look at the letters; if some are wrong, choose the right one with the option “Character set”.'] },
  style_sheets_not_fetched: { severity: 'changed', one: '1 style sheet that the page names was not fetched: the result may look different.', many: '{count} style sheets that the page names were not fetched: the result may look different.', nextSteps: ['Put the styles into the page itself and send it again.'] },

  hidden_slides_left_out: { severity: 'info', one: '1 hidden slide was left out.', many: '{count} hidden slides were left out.', nextSteps: ['The option “Hidden slides” prints them too.'] },
  hidden_sheets_left_out: { severity: 'info', one: '1 hidden sheet was left out.', many: '{count} hidden sheets were left out.', nextSteps: ['The option “Hidden sheets” prints them too.'] },
  charset_found: { severity: 'info', one: 'Nothing tells the character set: it was found out to be {charset}, with a certainty of {certainty} %.', many: 'Nothing tells the character set: it was found out to be {charset}, with a certainty of {certainty} %.', nextSteps: ['If letters are wrong, choose the right one with the option “Character set”.'] },
  recalculated: { severity: 'info', one: 'The workbook asks to be calculated anew when it is opened: its values were calculated here.', many: 'The workbook asks to be calculated anew when it is opened: its values were calculated here.' },
  macros_not_run: { severity: 'info', one: 'The document holds macros, which were not run.', many: 'The document holds macros, which were not run.' },
  sources_not_read: { severity: 'info', one: 'The document takes values or an object from another file, which was not opened: what it keeps of it was used.', many: 'The document takes values or objects from {count} other files, which were not opened: what it keeps of them was used.', nextSteps: ['If that may be out of date, bring it up to date in its program and send it again.'] },
  template_not_fetched: { severity: 'info', one: 'The template that the document was made from was not fetched: the document holds what it needs of it.', many: 'The templates that the document was made from were not fetched: the document holds what it needs of them.' },
  embedded_files_left_out: { severity: 'info', one: 'The document carries 1 file inside, such as the table behind a chart: the result shows its picture and does not hold the file.', many: 'The document carries {count} files inside, such as tables behind charts: the result shows their pictures and does not hold the files.' },
  links_held: { severity: 'info', one: 'The document holds 1 link to click on.', many: 'The document holds {count} links to click on.' },
  links_not_clickable: { severity: 'info', one: 'The document holds 1 link, which cannot be clicked on in the result.', many: 'The document holds {count} links, which cannot be clicked on in the result.', nextSteps: ['A PDF keeps links: choose it as the target.'] },
  font_replaced_same_widths: { severity: 'info', one: '{names} was replaced by {replacedBy}, which has the same widths.', many: '{names} were replaced by {replacedBy}, which has the same widths.' },
} as const satisfies Record<string, NoteEntry>
