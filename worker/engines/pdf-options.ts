/** The options of LibreOffice's PDF filter, by its own names. */
import { SOURCES, USUAL_QUALITY } from '#lib/vocabulary/formats.ts'
import type { Conversion } from '#worker/engine.ts'

export type FilterData = Readonly<Record<string, boolean | number | string | undefined>>

/** LibreOffice's numbers of the PDF/A profiles. */
const PROFILES: Readonly<Record<string, number>> = { 'pdfa-1b': 1, 'pdfa-2b': 2, 'pdfa-3b': 3 }

type PdfSettings = Pick<Conversion, 'format' | 'target' | 'options'>

/**
 * The filter's options for these settings. All are always set: with only one of them, LibreOffice uses other defaults
 * than its settings for the rest, such as a quality of 80.
 */
export function pdfOptions({ format, target, options = {} }: PdfSettings): FilterData {
  return {
    ...pictures(options),
    SelectPdfVersion: PROFILES[target] ?? 0,
    PDFUACompliance: target === 'pdfua',
    ExportNotesPages: options.notes === 'added' || options.notes === 'only',
    ExportOnlyNotesPages: options.notes === 'only',
    ExportNotes: options.comments === 'annotations',
    // For LibreOffice 25.2; 7.4 only uses the setting in its profile.
    ExportNotesInMargin: options.comments === 'margin',
    ExportHiddenSlides: options.hiddenSlides === true,
    ExportBookmarks: options.bookmarks !== false,
    // In a PDF/A form fields need a font that LibreOffice does not embed, and their content would be lost.
    ExportFormFields: isForm(format) && options.formFields !== false && !(target in PROFILES),
    // Otherwise a link to a neighbouring file would point to a folder of this worker.
    ExportLinksRelativeFsys: true,
    Watermark: options.watermark && String(options.watermark),
  }
}

/** Controls of sheets and slides are drawn for their content; as fields, many viewers do not show their ticks. */
function isForm(format: string): boolean {
  return SOURCES.get(format)?.family === 'document'
}

function pictures({
  quality = USUAL_QUALITY,
  lossless = false,
  resolution,
}: NonNullable<PdfSettings['options']>): FilterData {
  return {
    Quality: Number(quality),
    UseLosslessCompression: lossless === true,
    ReduceImageResolution: !(lossless === true && resolution === undefined),
    MaxImageResolution: Number(resolution ?? 300),
  }
}
