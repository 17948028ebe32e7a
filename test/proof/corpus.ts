/**
 * Converts documents into PDF by the product and by `soffice --convert-to`, and names those that look different, with
 * their notes. Options: `--folder DIR` of documents, else some made here; a MANIFEST.tsv in it, with the columns `file`
 * and `pages`, tells how many pages are right.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { type BenchDocument, benchDocuments } from '#test/bench/engine/bench-documents.ts'
import { jobStatusOf, resultOf, sendBytes } from '#test/client.ts'
import { pageCount } from '#test/pdf.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'
import { greatestDifference } from './corpus/rendering.ts'

const run = promisify(execFile)
const MANIFEST = 'MANIFEST.tsv'
const LIMIT_MS = 180_000
/** Other edges of a few letters make less. */
const DIFFERENT = 0.002

interface Outcome {
  /** The PDF, or what the sender was told instead. */
  pdf: Buffer | string
  notes: string[]
}

interface Place {
  instance: TestInstance
  folder: string
}

/** A file's name as its sender has it. */
const fileNameOf = ({ name, format }: BenchDocument) => (name.includes('.') ? name : `${name}.${format}`)

async function byProduct(document: BenchDocument, { url }: TestInstance): Promise<Outcome> {
  const { id } = await sendBytes(url, fileNameOf(document), document.bytes)
  const job = await until(
    `${document.name} is done`,
    async () => {
      const now = await jobStatusOf(url, id)
      return !['queued', 'running'].includes(now.state) && now
    },
    LIMIT_MS,
  )
  const notes = job.report?.notes.map(({ code, count }) => `${code} ${count}`) ?? []
  return { pdf: job.error?.code ?? (await resultOf(url, id)), notes }
}

const refusal = (error: Error): Outcome => ({
  pdf: /"code":"(\w+)"/.exec(error.message)?.[1] ?? error.message,
  notes: [],
})

/** By LibreOffice alone, each time with a process of its own; null where it makes nothing. */
async function byOffice(document: BenchDocument, folder: string): Promise<string | null> {
  const [source, made] = [join(folder, fileNameOf(document)), join(folder, 'made')]
  await rm(made, { recursive: true, force: true })
  await writeFile(source, document.bytes)
  const words = ['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', 'pdf']
  await run('soffice', [...words, '--outdir', made, source], { timeout: LIMIT_MS }).catch(() => {})
  await rm(source)
  const [name] = await readdir(made).catch(() => [])
  return name === undefined ? null : join(made, name)
}

async function pagesTold(folder: string): Promise<Map<string, number>> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => '')
  const [head = [], ...rows] = text.split('\n').map(line => line.split('\t'))
  const [file, pages] = [head.indexOf('file'), head.indexOf('pages')]
  return new Map(rows.map(row => [row[file] ?? '', Number.parseInt(row[pages] ?? '', 10)]))
}

/** What is not as expected, in words. */
async function lookAt(pdf: Buffer, theirs: string | null, told: number | undefined): Promise<string[]> {
  const pages = await pageCount(pdf)
  const share = theirs === null ? 1 : await greatestDifference(pdf, theirs)
  return [
    ...(told && told !== pages ? [`${pages} pages and not ${told}`] : []),
    ...(share > DIFFERENT ? [`${(share * 100).toFixed(1)} % of a page looks different`] : []),
  ]
}

async function compare(
  document: BenchDocument,
  { instance, folder }: Place,
  told?: number,
): Promise<boolean> {
  const { pdf, notes } = await byProduct(document, instance).catch(refusal)
  const seen = typeof pdf === 'string' ? [pdf] : await lookAt(pdf, await byOffice(document, folder), told)
  const sign = seen.length === 0 ? '=' : '≠'
  console.log(`  ${sign} ${document.name}${[...seen, ...notes].map(words => `, ${words}`).join('')}`)
  return seen.length === 0
}

const { values } = parseArgs({ options: { folder: { type: 'string' } } })
const documents = (await benchDocuments(values.folder)).filter(({ name }) => name !== MANIFEST)
const told = await pagesTold(values.folder ?? '')
const dataDir = makeDataDir()
const folder = await mkdtemp(join(tmpdir(), 'nightshift-corpus-'))
let corpusInstance: TestInstance | undefined
try {
  corpusInstance = await startInstance({ dataDir })
  await corpusInstance.ready()
  let same = 0
  for (const document of documents)
    if (await compare(document, { instance: corpusInstance, folder }, told.get(document.name))) same++
  console.log(`  ${same} of ${documents.length} look as LibreOffice alone prints them, page by page`)
} finally {
  await corpusInstance?.end('SIGTERM')
  await clearAway(dataDir)
  await rm(folder, { recursive: true })
}
