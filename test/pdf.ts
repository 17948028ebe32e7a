/** What is really in a PDF, by poppler: an engine may say it is done and have printed nothing. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, inflateSync } from 'node:zlib'

const run = promisify(execFile)
/** A line's end may stand between a stream and the word that ends it. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH }

/** The number of pages; an error where poppler cannot read the file. */
export async function pageCount(pdf: Buffer | string): Promise<number> {
  const info = await withPath(pdf, path => run('pdfinfo', [path]))
  return Number(/^Pages:\s+(\d+)/m.exec(info.stdout)?.[1])
}

/** The text of one page (counted from 1), or of all pages. */
export async function pageText(pdf: Buffer | string, page?: number): Promise<string> {
  const pages = page === undefined ? [] : ['-f', String(page), '-l', String(page)]
  const text = await withPath(pdf, path => run('pdftotext', ['-layout', ...pages, path, '-']))
  return text.stdout
}

/** Width and height of each page in points. */
export async function pageSizes(pdf: Buffer): Promise<[width: number, height: number][]> {
  const { stdout } = await withPath(pdf, path => run('pdfinfo', ['-l', '-1', path]))
  return [...stdout.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+)/gm)].map(([, width, height]) => [
    Number(width),
    Number(height),
  ])
}

/** The words of the first page with the places where they stand. */
export async function pageBoxes(pdf: Buffer | string): Promise<string> {
  return (await withPath(pdf, path => run('pdftotext', ['-bbox', '-l', '1', path, '-']))).stdout
}

/** The widths in points of the lines of all pages, from the first letter to the last, in their order. */
export async function lineWidths(pdf: Buffer | string): Promise<number[]> {
  const { stdout } = await withPath(pdf, path => run('pdftotext', ['-bbox-layout', path, '-']))
  return [...stdout.matchAll(/<line xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"/g)].map(
    ([, from, to]) => Number(to) - Number(from),
  )
}

/** What pdfinfo tells, by its own names; `password` opens a locked one. */
export async function pdfFacts(pdf: Buffer, password?: string): Promise<Record<string, string>> {
  const words = password === undefined ? [] : ['-upw', password]
  const { stdout } = await withPath(pdf, path => run('pdfinfo', [...words, path]))
  return Object.fromEntries(stdout.split('\n').map(line => line.split(/:\s+/, 2) as [string, string]))
}

/** The tags of a tagged PDF, one a line. */
export async function pdfTags(pdf: Buffer): Promise<string> {
  return (await withPath(pdf, path => run('pdfinfo', ['-struct', path]))).stdout
}

/** All bytes of a file as letters, with those of a PDF's streams that are packed. */
export function inflated(bytes: Buffer): string {
  const letters = bytes.toString('latin1')
  const streams = [...letters.matchAll(/FlateDecode[^>]*>>\s*stream\r?\n/g)]
  const unpacked = streams.map(({ index, 0: head }) => {
    const start = index + head.length
    return inflateSync(bytes.subarray(start, letters.indexOf('endstream', start)), LENIENT).toString('latin1')
  })
  return [letters, ...unpacked].join('\n')
}

export interface PdfPicture {
  width: number
  encoding: string
  bytes: number
}

/** The pictures in it, with their width in pixels, how they are packed, and the size of that. */
export async function pdfPictures(pdf: Buffer): Promise<PdfPicture[]> {
  const { stdout } = await withPath(pdf, path => run('pdfimages', ['-list', path]))
  return tableRows(stdout).map(row => {
    const cells = row.trim().split(/\s+/)
    const [, number = '', unit = ''] = /^([\d.]+)([BKM])$/.exec(cells[14] ?? '') ?? []
    return {
      width: Number(cells[3]),
      encoding: cells[8] ?? '',
      bytes: Number(number) * { B: 1, K: 1e3, M: 1e6 }[unit as 'B'],
    }
  })
}

/** The first page as it is seen, a pixel for each point: which colour stands where, from 0 to 1 in both directions. */
export async function pdfColours(pdf: Buffer): Promise<(x: number, y: number) => number[]> {
  const options = { encoding: 'buffer', maxBuffer: 1e8 } as const
  const words = ['-r', '72', '-singlefile']
  const { stdout } = await withPath(pdf, path => run('pdftoppm', [...words, path], options))
  const [head = '', width = '', height = ''] = /^P6\s(\d+) (\d+)\s255\s/.exec(stdout.toString('latin1')) ?? []
  return (x, y) => {
    const [column, row] = [Math.floor(x * Number(width)), Math.floor(y * Number(height))]
    const at = head.length + 3 * (row * Number(width) + column)
    return [...stdout.subarray(at, at + 3)]
  }
}

export interface PagePicture {
  width: number
  height: number
  /** From black (0) to white (255), row by row. */
  pixels: Buffer
}

/** All pages as they are seen, by default a pixel for each point. */
export async function pagePictures(pdf: Buffer, dpi = 72): Promise<PagePicture[]> {
  const options = { encoding: 'buffer', maxBuffer: 5e8 } as const
  const { stdout } = await withPath(pdf, path => run('pdftoppm', ['-r', `${dpi}`, '-gray', path], options))
  const pictures: PagePicture[] = []
  for (let at = 0; at < stdout.length; ) {
    const head = /^P5\s(\d+) (\d+)\s255\s/.exec(stdout.toString('latin1', at, at + 40))
    if (!head) throw new Error(`no picture of a page at byte ${at}`)
    const [width, height] = [Number(head[1]), Number(head[2])]
    at += head[0].length
    pictures.push({ width, height, pixels: stdout.subarray(at, at + width * height) })
    at += width * height
  }
  return pictures
}

/** Its fonts, and whether they lie inside. */
export async function pdfFonts(pdf: Buffer): Promise<{ name: string; embedded: boolean }[]> {
  const { stdout } = await withPath(pdf, path => run('pdffonts', [path]))
  return tableRows(stdout).map(row => ({
    name: row.split(/\s/, 1)[0] ?? '',
    embedded: / (yes|no) +(yes|no) +(yes|no) +\d+ +\d+$/.exec(row)?.[1] === 'yes',
  }))
}

/** Below its two lines of headings. */
const tableRows = (table: string) => table.split('\n').slice(2).filter(Boolean)

/** Its objects, unpacked into readable text by qpdf; one byte a character. */
export async function pdfObjects(pdf: Buffer): Promise<string> {
  const words = ['--qdf', '--object-streams=disable']
  const options = { encoding: 'latin1', maxBuffer: 1e8 } as const
  return (await withPath(pdf, path => run('qpdf', [...words, path, '-'], options))).stdout
}

/** Its bookmarks, each with the number of the page that it leads to; null where it leads nowhere. */
export async function pdfBookmarks(pdf: Buffer): Promise<Record<string, number | null>> {
  const words = ['--json', '--json-key=outlines', '--json-key=pages']
  const { stdout } = await withPath(pdf, path => run('qpdf', [...words, path]))
  const { outlines } = JSON.parse(stdout) as {
    outlines: { title: string; destpageposfrom1: number | null }[]
  }
  return Object.fromEntries(outlines.map(({ title, destpageposfrom1 }) => [title, destpageposfrom1]))
}

/** Whether this password lifts all restrictions. */
export async function isOwners(pdf: Buffer, password: string): Promise<boolean> {
  const words = ['--show-encryption', `--password=${password}`]
  const { stdout } = await withPath(pdf, path => run('qpdf', [...words, path])).catch(() => ({ stdout: '' }))
  return stdout.includes('Supplied password is owner password')
}

/** The metadata that says of which kind it is. */
export async function pdfMetadata(pdf: Buffer): Promise<string> {
  return (await withPath(pdf, path => run('pdfinfo', ['-meta', path]))).stdout
}

async function withPath<T>(pdf: Buffer | string, action: (path: string) => Promise<T>): Promise<T> {
  if (typeof pdf === 'string') return action(pdf)
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-pdf-'))
  try {
    const path = join(folder, 'file.pdf')
    await writeFile(path, pdf)
    return await action(path)
  } finally {
    await rm(folder, { recursive: true })
  }
}
