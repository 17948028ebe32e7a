/** Small files that ask for more than a machine has. */
import { constants, deflateSync } from 'node:zlib'
import { word, wordParts } from './packages.ts'
import { chunkOf, SIGNATURE } from './picture.ts'
import { lyingWord } from './raw-zip.ts'

/** A PNG of one colour: side × side points in a few kilobytes. */
export function hugePicture(side: number): Buffer {
  const row = Buffer.alloc(1 + Math.ceil(side / 8))
  const rows = Buffer.alloc(row.length * side)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  // One bit a point, shades of grey.
  header.set([1, 0], 8)
  const packed = deflateSync(rows, { level: constants.Z_BEST_COMPRESSION })
  return Buffer.concat([SIGNATURE, chunkOf('IHDR', header), chunkOf('IDAT', packed), chunkOf('IEND')])
}

/** A document of so many parts, nearly all of them empty. */
export function manyParts(count: number): Buffer {
  const more = count - Object.keys(wordParts()).length
  const nothing = Buffer.alloc(0)
  return lyingWord(
    ...Array.from({ length: more }, (_, index) => ({ name: `p/${index}`, content: nothing, stored: true })),
  )
}

/** A document with parts of so many zeros each, which a thousandth of their size is enough for. */
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

/** Nine names, each for ten of the one before: a billion of the first. */
export function billionLaughs(root: string): string {
  const names = 'abcdefghi'
  const entities = [...names].map((name, index) => {
    const value = index === 0 ? 'ha' : `&${names[index - 1]};`.repeat(10)
    return `<!ENTITY ${name} "${value}">`
  })
  return `<!DOCTYPE ${root} [${entities.join('')}]>`
}

/** One name for a long text, to be used as often: their product. */
export function quadratic(root: string, length: number): string {
  return `<!DOCTYPE ${root} [<!ENTITY a "${'x'.repeat(length)}">]>`
}
