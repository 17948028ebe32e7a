/** Two PDFs of one document, seen from a distance: where do they look different? */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const DOTS_PER_INCH = '40'
/** Of 256 shades: less than what another edge of a letter makes. */
const SHADES = 48

/** The share of dots that differ, of the page on which most do; 1 where a page is missing or of another size. */
export async function greatestDifference(pdf: Buffer, otherPath: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-pages-'))
  try {
    const path = join(folder, 'one.pdf')
    await writeFile(path, pdf)
    const [ours, theirs] = [await draw(path, folder, 'ours'), await draw(otherPath, folder, 'theirs')]
    const pages = Math.max(ours.length, theirs.length)
    return Math.max(...Array.from({ length: pages }, (_, page) => difference(ours[page], theirs[page])))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function draw(pdf: string, folder: string, name: string): Promise<Buffer[]> {
  await run('pdftoppm', ['-r', DOTS_PER_INCH, '-gray', pdf, join(folder, name)])
  // Their numbers are of one length: the order of the names is that of the pages.
  const names = (await readdir(folder)).filter(each => each.startsWith(`${name}-`)).sort()
  return Promise.all(names.map(each => readFile(join(folder, each))))
}

/** Both are PGM: a head that tells the size, then a byte for each dot. */
function difference(one: Buffer | undefined, other: Buffer | undefined): number {
  if (one?.length !== other?.length || !one || !other) return 1
  const different = one.filter((shade, at) => Math.abs(shade - (other[at] ?? 0)) > SHADES)
  return different.length / one.length
}
