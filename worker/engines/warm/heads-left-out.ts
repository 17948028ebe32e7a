import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion } from '#worker/engine.ts'
import { openInSlot } from '#worker/report/open-in-slot.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { headsAndFeet } from '#worker/uno/heads-and-feet.ts'

const WORD = /[\p{L}\p{M}]{2,}/gu
/** The longest word that is found across two pieces. */
const LONGEST = 200

/**
 * Notes headers and footers whose text the plain text lacks; they are omitted because they would interrupt sentences on
 * every page.
 * @throws UnoError, ProtocolError, the signal's reason
 */
export async function noteHeadsLeftOut(
  document: OfficeDocument,
  { target, hasHeadsOrFeet = false, onNote, signal }: Conversion,
  result: string,
): Promise<void> {
  if (target !== 'txt' || !hasHeadsOrFeet) return
  const heads = (await document.withModel(headsAndFeet, signal)).map(wordsIn)
  const missing = await missingIn(result, new Set(heads.flat()))
  const count = heads.filter(words => words.some(word => missing.has(word))).length
  if (count > 0) onNote?.(note('heads_left_out', { count }))
}

async function missingIn(result: string, words: ReadonlySet<string>): Promise<Set<string>> {
  const missing = new Set(words)
  if (missing.size === 0) return missing
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of (await openInSlot(result)).createReadStream()) {
    const text = rest + decoder.decode(chunk, { stream: true })
    for (const word of wordsIn(text)) missing.delete(word)
    rest = text.slice(-LONGEST)
  }
  return missing
}

const wordsIn = (text: string) => text.toLowerCase().match(WORD) ?? []
