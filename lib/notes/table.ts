export type Severity = 'info' | 'changed' | 'loss'

/**
 * `one` is said of a count of 1 and `many` of any other. `{count}` and `{name}` are filled from the note and its
 * details. A next step that names a detail which the note lacks is left out.
 */
export interface NoteEntry {
  severity: Severity
  one: string
  many: string
  nextStep?: string
}

/**
 * The one table of notes, as lib/errors.ts is the one of errors. `loss`: the result lacks something that the source
 * shows. `changed`: it is all there and may look different. `info`: good to know. Within a severity, notes are told in
 * the order of this table.
 */
// biome-ignore format: a table, one row a note
export const NOTES = {
  links_not_followed: { severity: 'loss', one: 'A picture, object or template from another file or address was not fetched.', many: '{count} pictures, objects or templates from other files or addresses were not fetched.', nextStep: 'Embed them in the document and send it again; nothing outside a file is ever fetched.' },
  media_left_out: { severity: 'loss', one: '1 sound or film was left out.', many: '{count} sounds or films were left out.', nextStep: 'A document to go on with, such as PPTX or ODP, can hold them.' },

  repaired: { severity: 'changed', one: 'The file was damaged and was repaired while it was read.', many: 'The file was damaged in {count} places and was repaired while it was read.', nextStep: 'Compare the result with it.' },
  font_replaced: { severity: 'changed', one: '{names} is missing on this machine: {replacedBy} was used.', many: '{names} are missing on this machine: {replacedBy} was used.', nextStep: 'The Debian package {package} brings what fits.' },

  hidden_slides_left_out: { severity: 'info', one: '1 hidden slide was left out.', many: '{count} hidden slides were left out.', nextStep: 'The option “Hidden slides” keeps them.' },
  macros_not_run: { severity: 'info', one: 'Macros were not run.', many: 'Macros were not run.' },
  embedded_files_left_out: { severity: 'info', one: 'The document carries 1 file inside, which is not part of the result.', many: 'The document carries {count} files inside, which are not part of the result.' },
  links_kept: { severity: 'info', one: '1 link to click on was kept.', many: '{count} links to click on were kept.' },
  font_replaced_same_widths: { severity: 'info', one: '{names} was replaced by {replacedBy}, which has the same widths.', many: '{names} were replaced by {replacedBy}, which has the same widths.' },
} as const satisfies Record<string, NoteEntry>
