import { memberAt } from '#lib/scan/member.ts'
import { carefully, chunksOf, type Source } from '#lib/scan/source.ts'
import { unpack } from '#lib/scan/unpack.ts'
import { wideTextOf } from '#lib/scan/wide-text.ts'
import { type Archive, openArchive, type ZipEntry } from '#lib/scan/zip.ts'
import { sourceOfFile } from '#worker/file-source.ts'
import { openInSlot } from '../open-in-slot.ts'
import { BetweenTags } from './between-tags.ts'
import { type CharacterTally, mayBeRare, Tallying } from './tally.ts'

/** Of a longer document only the beginning is read: LibreOffice takes minutes for this much. */
const BUDGET_BYTES = 32 * 1024 * 1024
/** Parts of Office documents with text that is shown. */
const OFFICE_PART =
  /^(?:word\/(?:document|header|footer|footnotes|endnotes)\d*|ppt\/slides\/slide\d+|xl\/(?:sharedstrings|worksheets\/sheet\d+)|(?:word|ppt|xl)\/(?:charts\/chart|drawings\/drawing|diagrams\/drawing)\d+)\.xml$/i
/** Where one of these is, the others have their usual names too. */
const MAIN_PART = /^(?:word\/document\d*|ppt\/slides\/slide\d+|xl\/worksheets\/sheet\d+|content)\.xml$/i
const OPEN_DOCUMENT_PART = /(?:^|\/)(?:content|styles)\.xml$/
/** Fonts embedded in a document may have what those of the machine lack. */
const OWN_FONT = /^(?:word|ppt)\/fonts\/|^Fonts\/|\.(?:odttf|fntdata)$/i
const PLAIN = ['txt', 'csv', 'tsv']
const FLAT = ['fodt', 'fods', 'fodp', 'fodg']
/** Replaces bytes that are not UTF-8: those of another character set, or of a locked part. */
const REPLACEMENT = 0xfffd

/**
 * The rare characters of a source's text. Undefined where it cannot be read here: in binary formats, behind a password,
 * in old character sets.
 */
export async function tallyOfSource(path: string, format: string): Promise<CharacterTally | undefined> {
  const file = await openInSlot(path)
  try {
    const source = await sourceOfFile(file)
    if (PLAIN.includes(format) || FLAT.includes(format)) return await tallyOfText(source, format)
    const head = await source.read(0, 4)
    return head.toString('latin1').startsWith('PK') ? await tallyOfArchive(source) : undefined
  } finally {
    await file.close()
  }
}

async function tallyOfText(source: Source, format: string): Promise<CharacterTally | undefined> {
  if (wideTextOf(await source.read(0, 4096))) return undefined
  const reading = new Reading()
  await reading.read(chunksOf(source), FLAT.includes(format))
  return reading.tally
}

async function tallyOfArchive(source: Source): Promise<CharacterTally | undefined> {
  const careful = carefully(source)
  const archive = await openArchive(careful)
  if (archive.encrypted || !archive.entries.some(({ name }) => MAIN_PART.test(name))) return undefined
  const reading = new Reading()
  for (const entry of partsOf(archive))
    await reading.read(unpack(careful, await memberAt(careful, entry)), true)
  return reading.tally
}

function partsOf({ entries, has }: Archive): ZipEntry[] {
  if (entries.some(({ name }) => OWN_FONT.test(name))) return []
  const part = has('[Content_Types].xml') ? OFFICE_PART : OPEN_DOCUMENT_PART
  return entries.filter(({ name }) => part.test(name))
}

/** Reads texts in UTF-8 one after the other, up to its limit. */
class Reading {
  readonly #tallying = new Tallying()
  #left = BUDGET_BYTES

  /** Undefined where the text was not UTF-8. */
  get tally(): CharacterTally | undefined {
    const { tally } = this.#tallying
    return tally.has(REPLACEMENT) ? undefined : tally
  }

  async read(chunks: AsyncIterable<Buffer>, isMarkup: boolean): Promise<void> {
    if (this.#left <= 0) return
    const decoder = new TextDecoder()
    const markup = isMarkup ? new BetweenTags() : undefined
    for await (const chunk of chunks) {
      const piece = decoder.decode(chunk, { stream: true })
      if (mayBeRare(piece)) this.#tallying.add(markup ? markup.of(piece) : piece)
      else markup?.skip(piece)
      this.#left -= chunk.length
      if (this.#left <= 0) return
    }
  }
}
