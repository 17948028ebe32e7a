/** How a PDF is built, by qpdf: where its bookmarks and links lead. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PdfObjects, parseObjects } from '#worker/standards/pdf-objects.ts'

const run = promisify(execFile)

/** A bookmark: its title, the number of the page that it leads to, and those below it. */
export type Bookmark = [title: string, page: number | null, below?: Bookmark[]]

interface QpdfOutline {
  title: string
  destpageposfrom1: number | null
  kids: QpdfOutline[]
}

/** The bookmarks with those below them. */
export async function pdfOutline(pdf: Buffer | string): Promise<Bookmark[]> {
  const { outlines } = JSON.parse(await qpdfJson(pdf, '--json-key=outlines', '--json-key=pages'))
  return outlines.map(bookmarkOf)
}

function bookmarkOf({ title, destpageposfrom1: page, kids }: QpdfOutline): Bookmark {
  return kids.length > 0 ? [title, page, kids.map(bookmarkOf)] : [title, page]
}

/** All objects. */
export async function objectsOf(pdf: Buffer | string): Promise<PdfObjects> {
  return new PdfObjects(parseObjects(await qpdfJson(pdf, '--json=2', '--json-key=qpdf')))
}

/** For each page the numbers of the pages that its links lead to; null for a link that leads nowhere. */
export async function pdfLinks(pdf: Buffer | string): Promise<(number | null)[][]> {
  const objects = await objectsOf(pdf)
  const numbers = new Map(objects.pages().map(({ reference }, index) => [reference, index + 1]))
  return objects.pages().map(({ dict }) =>
    objects
      .list(dict['/Annots'])
      .map(annotation => objects.dict(annotation))
      .filter(annotation => annotation['/Subtype'] === '/Link')
      .map(link => {
        const target = objects.list(link['/Dest'] ?? objects.dict(link['/A'])['/D'])
        return numbers.get(String(target[0])) ?? null
      }),
  )
}

async function qpdfJson(pdf: Buffer | string, ...words: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-pdf-'))
  try {
    const path = join(folder, 'file.pdf')
    await writeFile(path, pdf)
    return (await run('qpdf', ['--json=2', ...words, path], { maxBuffer: 1e8 })).stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}
