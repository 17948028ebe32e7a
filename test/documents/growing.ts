/** Small documents of what the scan counts: parts, archives in archives, elements in elements, names for texts. */
import { word, wordParts } from './packages.ts'
import { lyingWord } from './raw-zip.ts'

/** A document of so many parts, nearly all of them empty. */
export function manyParts(count: number): Buffer {
  const more = count - Object.keys(wordParts()).length
  const nothing = Buffer.alloc(0)
  return lyingWord(
    ...Array.from({ length: more }, (_, index) => ({ name: `p/${index}`, content: nothing, stored: true })),
  )
}

/** A document with parts of so many zeros each, which pack well. */
export function zeros(...sizes: number[]): Promise<Buffer> {
  const parts = sizes.map((size, index) => [`word/media/${index}.bin`, Buffer.alloc(size)])
  return word(undefined, Object.fromEntries(parts))
}

/** A document in an archive in an archive, and so on; `levels` archives around it. */
export async function nested(levels: number): Promise<Buffer> {
  let inner = await word()
  for (let level = 0; level < levels; level++) {
    inner = await word(undefined, { 'word/embeddings/inner.docx': inner })
  }
  return inner
}

/** Elements in elements, as a text. */
export function deep(levels: number, name = 'w:x'): string {
  return `<${name}>`.repeat(levels) + `</${name}>`.repeat(levels)
}

/** A name for a text that holds another name twice. */
export function nameInName(root: string): string {
  return `<!DOCTYPE ${root} [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>`
}

/** A name for a text of so many letters. */
export function longName(root: string, length: number): string {
  return `<!DOCTYPE ${root} [<!ENTITY a "${'x'.repeat(length)}">]>`
}
