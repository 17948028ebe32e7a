/** What LibreOffice is told when it writes a PDF, by its own names. */
import { randomBytes } from 'node:crypto'
import { USUAL_QUALITY } from '#lib/formats.ts'
import type { Conversion } from '#worker/engine.ts'

export type FilterData = Readonly<Record<string, boolean | number | string | undefined>>

/** The numbers of the PDF/A profiles in LibreOffice. */
const PROFILES: Readonly<Record<string, number>> = { 'pdfa-1b': 1, 'pdfa-2b': 2, 'pdfa-3b': 3 }
const PRINTING: Readonly<Record<string, number>> = { none: 0, low: 1, high: 2 }
/** All but taking pages out. */
const EVERY_CHANGE = 4

type Wish = Pick<Conversion, 'target' | 'options' | 'secrets'>

/**
 * The filter's options for a wish. Each is always told: given one of them, LibreOffice takes for all others not the
 * standards of its settings but different ones, a quality of 80 for one.
 */
export function pdfOptions({ target, options = {}, secrets = {} }: Wish): FilterData {
  return {
    ...pictures(options),
    SelectPdfVersion: PROFILES[target] ?? 0,
    PDFUACompliance: target === 'pdfua',
    ExportNotesPages: options.notes === 'added' || options.notes === 'only',
    ExportOnlyNotesPages: options.notes === 'only',
    // The comments in a text, whose readers were never asked.
    ExportNotes: false,
    ExportHiddenSlides: options.hiddenSlides === true,
    ExportBookmarks: options.bookmarks !== false,
    // In a PDF/A they would need a font that LibreOffice does not embed, and what stands in them would be gone.
    ExportFormFields: options.formFields !== false && !(target in PROFILES),
    SinglePageSheets: options.onePagePerSheet === true,
    // Else a link to the document's neighbour is one to a folder of ours.
    ExportLinksRelativeFsys: true,
    Watermark: options.watermark && String(options.watermark),
    ...locks({ options, secrets }),
  }
}

function pictures({
  quality = USUAL_QUALITY,
  lossless = false,
  resolution,
}: NonNullable<Wish['options']>): FilterData {
  return {
    Quality: Number(quality),
    UseLosslessCompression: lossless === true,
    ReduceImageResolution: !(lossless === true && resolution === undefined),
    MaxImageResolution: Number(resolution ?? 300),
  }
}

function locks({ options = {}, secrets = {} }: Omit<Wish, 'target'>): FilterData {
  const { printing = 'high', changes = true, copying = true } = options
  const isRestricted = ['printing', 'changes', 'copying'].some(name => options[name] !== undefined)
  return {
    EncryptFile: secrets.resultPassword !== undefined,
    DocumentOpenPassword: secrets.resultPassword,
    RestrictPermissions: isRestricted,
    // With none, everybody could lift them.
    PermissionPassword: isRestricted
      ? (secrets.permissionPassword ?? randomBytes(16).toString('hex'))
      : undefined,
    Printing: PRINTING[String(printing)],
    Changes: changes === true ? EVERY_CHANGE : 0,
    EnableCopyingOfContent: copying === true,
    EnableTextAccessForAccessibilityTools: true,
  }
}
