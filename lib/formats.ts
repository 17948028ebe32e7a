/** Which source may become which target. Pure data, safe for the browser. */

export type Family = 'presentation' | 'document' | 'spreadsheet' | 'drawing'

export interface SourceFormat {
  family: Family
  /** With its article, as in “this is not a PowerPoint presentation”. */
  name: string
}

const FAMILY_FORMATS: Record<Family, Record<string, string>> = {
  presentation: {
    pptx: 'a PowerPoint presentation',
    ppsx: 'a PowerPoint show',
    potx: 'a PowerPoint template',
    pptm: 'a PowerPoint presentation with macros',
    ppsm: 'a PowerPoint show with macros',
    potm: 'a PowerPoint template with macros',
    ppt: 'a PowerPoint 97 presentation',
    pps: 'a PowerPoint 97 show',
    pot: 'a PowerPoint 97 template',
    odp: 'an OpenDocument presentation',
    otp: 'an OpenDocument presentation template',
    fodp: 'a flat OpenDocument presentation',
  },
  document: {
    docx: 'a Word document',
    dotx: 'a Word template',
    docm: 'a Word document with macros',
    dotm: 'a Word template with macros',
    doc: 'a Word 97 document',
    dot: 'a Word 97 template',
    odt: 'an OpenDocument text',
    ott: 'an OpenDocument text template',
    fodt: 'a flat OpenDocument text',
    rtf: 'a rich text',
    txt: 'a plain text',
    html: 'a web page',
  },
  spreadsheet: {
    xlsx: 'an Excel workbook',
    xlsm: 'an Excel workbook with macros',
    xltx: 'an Excel template',
    xltm: 'an Excel template with macros',
    xlsb: 'a binary Excel workbook',
    xls: 'an Excel 97 workbook',
    ods: 'an OpenDocument spreadsheet',
    ots: 'an OpenDocument spreadsheet template',
    fods: 'a flat OpenDocument spreadsheet',
    csv: 'a table in plain text (CSV)',
    tsv: 'a table in plain text (TSV)',
  },
  drawing: {
    odg: 'an OpenDocument drawing',
    otg: 'an OpenDocument drawing template',
    fodg: 'a flat OpenDocument drawing',
    svg: 'an SVG drawing',
    png: 'a PNG picture',
    jpg: 'a JPEG picture',
    gif: 'a GIF picture',
    bmp: 'a BMP picture',
    tiff: 'a TIFF picture',
    webp: 'a WebP picture',
  },
}

/** Every source format by its extension, without a dot. */
export const SOURCES: ReadonlyMap<string, SourceFormat> = new Map(
  (Object.keys(FAMILY_FORMATS) as Family[]).flatMap(family =>
    Object.entries(FAMILY_FORMATS[family]).map(([format, name]) => [format, { family, name }]),
  ),
)

const ALIASES: Record<string, string> = { htm: 'html', jpeg: 'jpg', tif: 'tiff' }

/** The format that a file name claims, or undefined where it claims none that is known. */
export function claimedFormat(fileName: string): string | undefined {
  const dot = fileName.lastIndexOf('.')
  const extension = dot < 0 ? '' : fileName.slice(dot + 1).toLowerCase()
  const format = ALIASES[extension] ?? extension
  return SOURCES.has(format) ? format : undefined
}

export interface TargetFormat {
  extension: string
  mediaType: string
  name: string
}

/** Every target format by its word in the API. */
export const TARGETS: ReadonlyMap<string, TargetFormat> = new Map([
  ['pdf', { extension: 'pdf', mediaType: 'application/pdf', name: 'PDF' }],
])

/** The targets that a source format offers. */
export function targetsOf(format: string): string[] {
  return SOURCES.has(format) ? [...TARGETS.keys()] : []
}

/** `deck.pptx` into `pdf` is `deck.pdf`. */
export function resultFileName(fileName: string, target: string): string {
  const base = claimedFormat(fileName) ? fileName.slice(0, fileName.lastIndexOf('.')) : fileName
  return `${base || 'document'}.${TARGETS.get(target)?.extension ?? target}`
}
