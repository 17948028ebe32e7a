import type { FileHandle } from 'node:fs/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import { isBundle, PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { countBundle } from './check-result/count-bundle.ts'
import { FileText } from './check-result/file-text.ts'
import { headMatches } from './check-result/head.ts'
import { packageFormat } from './check-result/package-format.ts'
import { pagesInTree } from './check-result/page-tree.ts'
import { countPages } from './pdf-pages.ts'
import { openRegular } from './regular-file.ts'
import type { Sandbox } from './sandbox.ts'

export interface Result {
  path: string
  target: string
  options?: Options | undefined
  /** How many slides or pages the engine reported, including hidden ones; undefined where it reported none. */
  exported?: number | undefined
  /** Whether it is a PDF that was counted before it was locked. */
  isLocked?: boolean
  /** The folder of its slot. */
  slot: string
  signal: AbortSignal
}

const PACKAGES: ReadonlySet<string> = new Set(['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp'])

/**
 * Checks that the engine's result can be read. The engine's own exit code is not enough: LibreOffice exits with 0 after
 * every failure and writes an empty PDF for a file of random bytes. Returns the number of pages; null for a format
 * without pages.
 * @throws AppError `bad_result`
 */
export async function checkResult(result: Result, sandbox: Sandbox): Promise<number | null> {
  const file = await openRegular(result.path)
  if (!file) throw bad(result, 'the result is not a regular file')
  try {
    if (PDF_TARGETS.includes(result.target) && !isBundle(result.target, result.options ?? {}))
      return await checkPdf(file, result, sandbox)
    return await checkOther(file, result)
  } finally {
    await file.close()
  }
}

/**
 * Where engine and file do not clearly agree on the number, poppler counts the pages, in the sandbox, because the
 * result was written by a process that had read hostile bytes.
 */
async function checkPdf(file: FileHandle, result: Result, sandbox: Sandbox): Promise<number> {
  const text = await FileText.open(file)
  const head = await text.slice(0, 8)
  if (!head.startsWith('%PDF-')) throw bad(result, `the result begins with ${JSON.stringify(head)}`)
  if (result.isLocked && result.exported) return result.exported
  const stated = await pagesInTree(text)
  if (stated !== undefined && stated > 0 && stated === result.exported) return stated
  const pages = await countPages(result, sandbox)
  // Fewer are valid: hidden slides are counted but not printed.
  if (result.exported !== undefined && pages > result.exported)
    throw bad(result, `${pages} pages, though ${result.exported} were exported`)
  return pages
}

async function checkOther(file: FileHandle, result: Result): Promise<number | null> {
  const { target, options = {}, exported } = result
  if (isBundle(target, options)) {
    const files = await countBundle(file, target)
    if (files === exported) return files
    throw bad(result, `${files} files, though there are ${exported}`)
  }
  if (PACKAGES.has(target)) {
    const found = await packageFormat(file)
    if (found !== target) throw bad(result, `the result is ${found}`)
    return null
  }
  await checkHead(file, target, result)
  return exported !== undefined && target !== 'csv' ? exported : null
}

async function checkHead(file: FileHandle, kind: string, result: Result): Promise<void> {
  const output = await headMatches(file, kind)
  if (output !== true) throw bad(result, `the result begins with ${JSON.stringify(output)}`)
}

function bad({ target }: Result, log: string): AppError {
  return new AppError('bad_result', { details: { target: target.toUpperCase() }, log })
}
