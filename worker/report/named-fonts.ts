import { decodeText } from '#lib/scan/decode-text.ts'
import { carefully, type Source } from '#lib/scan/source.ts'
import { type Archive, openArchive } from '#lib/scan/zip.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { sourceOfFile } from '#worker/file-source.ts'
import { type FontSyntax, fontNamesIn } from './font-names.ts'
import { openInSlot } from './open-in-slot.ts'
import { Titles } from './titles.ts'

/** Some 10 ms of unpacking and searching together, for any document. */
const BUDGET_BYTES = 1024 * 1024
const MAX_PARTS = 40
const MAX_FONTS = 60
/** Of a longer part only the beginning is read: there OpenDocument lists its fonts. */
const PART_BYTES = 256 * 1024

/** Parts with font names; those that list all come first. */
const OOXML_PARTS = [
  /^word\/fonttable\.xml$/,
  /^ppt\/theme\/theme\d+\.xml$/,
  /^(word|xl)\/styles\.xml$/,
  /^ppt\/(presentation|slidemasters\/slidemaster\d+)\.xml$/,
  /^(word\/(document|header\d+|footer\d+|footnotes)|ppt\/slides\/slide\d+|xl\/sharedstrings)\.xml$/,
  /^(xl\/drawings\/drawing\d+|(word|ppt|xl)\/charts\/chart\d+|ppt\/slidelayouts\/slidelayout\d+)\.xml$/,
]
const ODF_PARTS = [/^(styles|content)\.xml$/]

const TEXTS: Readonly<Record<string, FontSyntax>> = {
  fodt: 'odf',
  fods: 'odf',
  fodp: 'odf',
  fodg: 'odf',
  rtf: 'rtf',
  html: 'css',
  svg: 'css',
}

/**
 * The fonts that a document names, each as a list whose first installed font is used; empty for formats with binary
 * records. It reads only a limited part of the file, even of a broken one.
 */
export async function namedFonts(path: string, format: string): Promise<string[][]> {
  const file = await openInSlot(path)
  try {
    const source = carefully(await sourceOfFile(file))
    const head = await source.read(0, 4)
    const dialect = TEXTS[format]
    const named = head.toString('latin1').startsWith('PK')
      ? await fontsInArchive(source)
      : dialect
        ? fontNamesIn(decodeText(await source.read(0, PART_BYTES)), dialect)
        : []
    return different(named)
  } finally {
    await file.close()
  }
}

async function fontsInArchive(source: Source): Promise<string[][]> {
  const archive = await openArchive(source).catch(namesNothing)
  if (!archive) return []
  const isOffice = archive.has('[Content_Types].xml')
  const titles = new Titles()
  const texts: string[] = []
  let left = BUDGET_BYTES
  for (const part of partsOf(archive, isOffice ? OOXML_PARTS : ODF_PARTS)) {
    if (left <= 0) break
    const text = await archive.beginning(part, Math.min(left, PART_BYTES)).catch(() => '')
    left -= text.length
    texts.push(titles.without(part, text))
  }
  return [...texts, titles.used()].flatMap(text => fontNamesIn(text, isOffice ? 'ooxml' : 'odf'))
}

/** LibreOffice may repair what is skipped here. */
function namesNothing(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error
}

function partsOf({ entries }: Archive, patterns: readonly RegExp[]): string[] {
  const names = entries.map(({ name }) => name.toLowerCase())
  return patterns.flatMap(pattern => names.filter(name => pattern.test(name))).slice(0, MAX_PARTS)
}

function different(named: string[][]): string[][] {
  const byNames = new Map(named.map(names => [names.join(';').toLowerCase(), names]))
  return [...byNames.values()].slice(0, MAX_FONTS)
}
