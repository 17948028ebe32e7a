/** What LibreOffice is told when it writes a PDF, by its own names. */
import { SOURCES, USUAL_QUALITY } from '#lib/vocabulary/formats.ts'
import type { Conversion } from '#worker/engine.ts'

export type FilterData = Readonly<Record<string, boolean | number | string | undefined>>

/** The numbers of the PDF/A profiles in LibreOffice. */
const PROFILES: Readonly<Record<string, number>> = { 'pdfa-1b': 1, 'pdfa-2b': 2, 'pdfa-3b': 3 }

type PdfSettings = Pick<Conversion, 'format' | 'target' | 'options'>

/**
 * The filter's options for these settings. Each is always given: given one of them, LibreOffice takes for all others not the
 * standards of its settings but different ones, a quality of 80 for one.
 */
export function pdfOptions({ format, target, options = {} }: PdfSettings): FilterData {
  return {
    ...pictures(options),
    SelectPdfVersion: PROFILES[target] ?? 0,
    PDFUACompliance: target === 'pdfua',
    ExportNotesPages: options.notes === 'added' || options.notes === 'only',
    ExportOnlyNotesPages: options.notes === 'only',
    ExportNotes: options.comments === 'annotations',
    // For LibreOffice 25.2; 7.4 goes by the setting of its profile alone.
    ExportNotesInMargin: options.comments === 'margin',
    ExportHiddenSlides: options.hiddenSlides === true,
    ExportBookmarks: options.bookmarks !== false,
    // In a PDF/A they would need a font that LibreOffice does not embed, and what stands in them would be gone.
    ExportFormFields: isForm(format) && options.formFields !== false && !(target in PROFILES),
    // Else a link to the document's neighbour is one to a folder of ours.
    ExportLinksRelativeFsys: true,
    Watermark: options.watermark && String(options.watermark),
  }
}

/** Controls of sheets and slides are there for what stands in them, of which many viewers show no ticks. */
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
