/**
 * Planes 3 to 7 and 15 of CNS 11643, rare ideographs only. The file beside this one has what LibreOffice 7.4 and the
 * `iconv` of glibc 2.36 read at each place of EUC-TW; they agree wherever both know a character. It has a line for each
 * plane, in the order of rows and columns, with a space where there is no character.
 */
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

const NUMBERS = [3, 4, 5, 6, 7, 15]
const FILE = new URL('./higher-planes.txt.br', import.meta.url)
let planes: ReadonlyMap<number, readonly string[]> | undefined

/** The characters by plane and `row * 94 + column`, counted from 0; read at the first use. */
export function higherPlanes(): ReadonlyMap<number, readonly string[]> {
  if (!planes) {
    const lines = brotliDecompressSync(readFileSync(FILE)).toString().split('\n')
    planes = new Map(NUMBERS.map((plane, index) => [plane, [...(lines[index] ?? '')]]))
  }
  return planes
}
