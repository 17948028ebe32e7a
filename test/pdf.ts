/** What is really in a PDF, by poppler: an engine may say it is done and have printed nothing. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

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
