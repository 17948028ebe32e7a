import { FileText } from './check-result/file-text.ts'
import { numberIn, PlainPdf } from './check-result/plain-pdf.ts'
import { pagesOf, streamOf } from './pdf-contents.ts'
import { openRegular } from './regular-file.ts'

const PAGE_BYTES = 4096
const MAP = { packed: 64 * 1024, unpacked: 256 * 1024 }
const CONTENT = { packed: 1024 * 1024, unpacked: 16 * 1024 * 1024 }
const MAX_FONTS = 500
const MAX_PAGES = 2000
/** LibreOffice draws this in place of a number that is wider than its column. */
const HASH = /<([0-9A-F]{2})>\s*<0023>/i
/** A font selection, and a text drawn as a whole. */
const DRAWN = /\/(F\d+) [-\d.]+ Tf|\[([^[\]]*)\]\s*TJ|<([0-9A-F]*)>\s*Tj/gi

/**
 * The number of texts in a PDF that are only `###`. It reads the pages only where a font has that character, only in
 * the plain form that LibreOffice writes, and of thousands of pages only the first.
 */
export async function countHashes(path: string): Promise<number> {
  const file = await openRegular(path)
  if (!file) return 0
  try {
    const pdf = await PlainPdf.open(await FileText.open(file))
    const hashes = pdf ? await hashesByFont(pdf) : undefined
    if (!pdf || !hashes?.size) return 0
    const sign = signOf(hashes)
    let count = 0
    for (const page of (await pagesOf(pdf)).slice(0, MAX_PAGES)) {
      const drawn = await drawnOn(page, pdf)
      if (sign.test(drawn)) count += countIn(drawn, hashes)
    }
    return count
  } finally {
    await file.close()
  }
}

/** By the name of a font, the text `###` in its glyphs, two digits each. */
async function hashesByFont(pdf: PlainPdf): Promise<Map<string, string>> {
  const pages = (await pdf.named('Pages'))?.text ?? ''
  const resources = await objectOf(pdf, /\/Resources (\d+) 0 R/, pages)
  const fonts = await objectOf(pdf, /\/Font (\d+) 0 R/, resources)
  const found = new Map<string, string>()
  for (const [, name = '', id] of [...fonts.matchAll(/\/(F\d+) (\d+) 0 R/g)].slice(0, MAX_FONTS)) {
    const font = (await pdf.object(Number(id), PAGE_BYTES))?.text ?? ''
    const map = numberIn(/\/ToUnicode (\d+) 0 R/, font)
    const [, glyph] = HASH.exec((map !== undefined && (await streamOf(pdf, map, MAP))) || '') ?? []
    if (glyph) found.set(name, glyph.toUpperCase().repeat(3))
  }
  return found
}

async function objectOf(pdf: PlainPdf, pattern: RegExp, text: string): Promise<string> {
  const id = numberIn(pattern, text)
  return (id !== undefined && (await pdf.object(id))?.text) || ''
}

async function drawnOn(page: number, pdf: PlainPdf): Promise<string> {
  const contents = numberIn(/\/Contents (\d+) 0 R/, (await pdf.object(page, PAGE_BYTES))?.text ?? '')
  return (contents !== undefined && (await streamOf(pdf, contents, CONTENT))) || ''
}

/** Any of these glyphs three times: hardly any page has that, and it is found fast. */
function signOf(hashes: ReadonlyMap<string, string>): RegExp {
  const glyphs = new Set([...hashes.values()].map(hash => hash.slice(0, hash.length / 3)))
  return new RegExp([...glyphs].map(glyph => `${glyph}(?:[-<>.\\d]*${glyph}){2}`).join('|'), 'i')
}

function countIn(drawn: string, hashes: ReadonlyMap<string, string>): number {
  let [count, hash] = [0, undefined as string | undefined]
  for (const [, font, several, one] of drawn.matchAll(DRAWN)) {
    if (font) hash = hashes.get(font)
    else if (hash && (one ?? glyphsOf(several ?? '')) === hash) count++
  }
  return count
}

/** Position adjustments may stand between glyphs. */
function glyphsOf(several: string): string {
  return [...several.matchAll(/<([0-9A-F]*)>/gi)].map(([, glyphs]) => glyphs).join('')
}
