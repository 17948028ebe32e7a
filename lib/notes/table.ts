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
  media_left_out: { severity: 'loss', one: '1 sound or film was left out.', many: '{count} sounds or films were left out.', nextSteps: ['An office format as the target, such as PPTX or ODP, keeps them.'] },

  repaired: { severity: 'changed', one: 'The file was damaged and was repaired while it was read.', many: 'The file was damaged in {count} places and was repaired while it was read.', nextSteps: ['Compare the result with the file.'] },
  font_replaced: { severity: 'changed', one: '{names} is not installed on the server: {replacedBy} was used.', many: '{names} are not installed on the server: {replacedBy} was used.', nextSteps: ['Have the Debian package {package} installed there and convert again.', 'Have it added to the server’s fonts and convert again.'] },
  style_sheets_not_fetched: { severity: 'changed', one: '1 style sheet that the page names was not fetched: the result may look different.', many: '{count} style sheets that the page names were not fetched: the result may look different.', nextSteps: ['Put the styles into the page itself and send it again.'] },
  background_pages_printed: { severity: 'changed', one: '1 background of the drawing stands behind its pages and is a page of its own besides.', many: '{count} backgrounds of the drawing stand behind its pages and are pages of their own besides.', nextSteps: ['Name the pages that you want in the option “Pages”; backgrounds come where they stand in the file, mostly last.'] },
  pages_became_pictures: { severity: 'changed', one: '1 page was drawn as a picture, wholly or in part, since {standard} allows no transparency: text there can be neither searched nor copied.', many: '{count} pages were drawn as pictures, wholly or in part, since {standard} allows no transparency: text there can be neither searched nor copied.', nextSteps: ['Choose PDF/A-2b, which allows transparency, and convert again.'] },
  standard_not_named: { severity: 'changed', one: 'The file does not say that it is {standard}.', many: 'The file does not say that it is {standard}.', nextSteps: ['Check the file with a validator such as veraPDF before you rely on it.'] },
  standard_fonts: { severity: 'changed', one: '1 font does not lie in the file, which {standard} asks for.', many: '{count} fonts do not lie in the file, which {standard} asks for.', nextSteps: ['Choose other fonts in the document, or switch the option “Form fields” off, and convert again.'] },
  standard_colours: { severity: 'changed', one: 'In 1 place the file does not say how its colours are meant, which {standard} asks for.', many: 'In {count} places the file does not say how its colours are meant, which {standard} asks for.', nextSteps: ['Save CMYK pictures in RGB, put them into the document again and convert again.'] },
  standard_transparency: { severity: 'changed', one: '1 thing can be seen through, which {standard} forbids.', many: '{count} things can be seen through, which {standard} forbids.', nextSteps: ['Choose PDF/A-2b, which allows transparency, and convert again.'] },
  standard_active_content: { severity: 'changed', one: '1 script, action, sound or film is in the file, which {standard} forbids.', many: '{count} scripts, actions, sounds or films are in the file, which {standard} forbids.', nextSteps: ['Take it out of the document and convert again.'] },
  standard_attachments: { severity: 'changed', one: '1 file is attached in a way that {standard} forbids.', many: '{count} files are attached in a way that {standard} forbids.', nextSteps: ['Choose PDF/A-3b, which allows attached files, or take them out of the document and convert again.'] },
  standard_annotations: { severity: 'changed', one: '1 link, field or comment is not set to be printed, which {standard} asks for.', many: '{count} links, fields or comments are not set to be printed, which {standard} asks for.', nextSteps: ['Check the file with a validator such as veraPDF before you rely on it.'] },
  standard_constructs: { severity: 'changed', one: 'The file is made in 1 way that {standard} forbids.', many: 'The file is made in {count} ways that {standard} forbids.', nextSteps: ['Check the file with a validator such as veraPDF before you rely on it.'] },
  standard_tags: { severity: 'changed', one: 'The file is not tagged, which {standard} asks for: LibreOffice tags nothing of the cells of a spreadsheet.', many: 'The file is not tagged, which {standard} asks for.', nextSteps: ['Put the content into a text document and convert that one.'] },
  standard_title: { severity: 'changed', one: 'The file shows no title of its own, which {standard} asks for.', many: 'The file shows no title of its own, which {standard} asks for.', nextSteps: ['Give the document a title in its properties and convert again.'] },
  standard_language: { severity: 'changed', one: 'The file does not say in which language it is, which {standard} asks for.', many: 'The file does not say in which language it is, which {standard} asks for.', nextSteps: ['Set the language of the document and convert again.'] },
  standard_figures: { severity: 'changed', one: '1 picture is passed over by screen readers, which {standard} forbids: it has no alternative text, or LibreOffice marked it as decoration.', many: '{count} pictures are passed over by screen readers, which {standard} forbids: they have no alternative text, or LibreOffice marked them as decoration.', nextSteps: ['Give each picture an alternative text in the document and convert again.'] },
  standard_links: { severity: 'changed', one: '1 link is not described, not tagged or not in order, which {standard} asks for.', many: '{count} links are not described, not tagged or not in order, which {standard} asks for.', nextSteps: ['Check the file with a validator such as veraPDF before you rely on it.'] },
  standard_fields: { severity: 'changed', one: '1 form field has no description or no tag, which {standard} asks for.', many: '{count} form fields have no description or no tag, which {standard} asks for.', nextSteps: ['The option “Form fields”, switched off, prints what stands in them.'] },

  hidden_slides_left_out: { severity: 'info', one: '1 hidden slide was left out.', many: '{count} hidden slides were left out.', nextSteps: ['The option “Hidden slides” prints them too.'] },
  hidden_sheets_left_out: { severity: 'info', one: '1 hidden sheet was left out.', many: '{count} hidden sheets were left out.', nextSteps: ['The option “Hidden sheets” prints them too.'] },
  empty_pages: { severity: 'info', one: '1 page says nothing: it has no words and no pictures, at most colours and lines of cells.', many: '{count} pages say nothing: they have no words and no pictures, at most colours and lines of cells.', nextSteps: ['The option “Empty pages”, switched off, leaves such pages out.'] },
  empty_pages_left_out: { severity: 'info', one: '1 page without words and pictures was left out.', many: '{count} pages without words and pictures were left out.', nextSteps: ['The option “Empty pages” keeps them.'] },
  recalculated: { severity: 'info', one: 'The workbook asks to be calculated anew when it is opened: its values were calculated here.', many: 'The workbook asks to be calculated anew when it is opened: its values were calculated here.' },
  macros_not_run: { severity: 'info', one: 'The document holds macros, which were not run.', many: 'The document holds macros, which were not run.' },
  sources_not_read: { severity: 'info', one: 'The document takes values or an object from another file, which was not opened: what it keeps of it was used.', many: 'The document takes values or objects from {count} other files, which were not opened: what it keeps of them was used.', nextSteps: ['If that may be out of date, bring it up to date in its program and send it again.'] },
  template_not_fetched: { severity: 'info', one: 'The template that the document was made from was not fetched: the document holds what it needs of it.', many: 'The templates that the document was made from were not fetched: the document holds what it needs of them.' },
  embedded_files_left_out: { severity: 'info', one: 'The document carries 1 file inside, such as the table behind a chart: the result shows its picture and does not hold the file.', many: 'The document carries {count} files inside, such as tables behind charts: the result shows their pictures and does not hold the files.' },
  links_held: { severity: 'info', one: 'The document holds 1 link to click on.', many: 'The document holds {count} links to click on.' },
  links_not_clickable: { severity: 'info', one: 'The document holds 1 link, which cannot be clicked on in the result.', many: 'The document holds {count} links, which cannot be clicked on in the result.', nextSteps: ['A PDF keeps links: choose it as the target.'] },
  font_replaced_same_widths: { severity: 'info', one: '{names} was replaced by {replacedBy}, which has the same widths.', many: '{names} were replaced by {replacedBy}, which has the same widths.' },
  standard_not_checked: { severity: 'info', one: 'The file is too large to be looked through for what {standard} asks for.', many: 'The file is too large to be looked through for what {standard} asks for.', nextSteps: ['Check the file with a validator such as veraPDF before you rely on it.'] },
} as const satisfies Record<string, NoteEntry>
