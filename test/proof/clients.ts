/**
 * Three clients of other makers convert a file with their defaults: curl, which offers HTTP/2, Python's http.client,
 * and Java's HttpClient, which offers it too. Each sends a form, asks the status until the end, downloads the result.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deck } from '#test/documents/deck.ts'
import { pageCount } from '#test/pdf.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'
import { programAt } from '../../bin/needs.js'

interface Client {
  name: string
  /** Who runs the script; the compiler is what a Java without one lacks. */
  programs: readonly string[]
  debianPackage: string
  script: string
}

const CLIENTS: readonly Client[] = [
  { name: 'curl --http2', programs: ['bash', 'curl'], debianPackage: 'curl', script: 'client.sh' },
  { name: 'Python http.client', programs: ['python3'], debianPackage: 'python3', script: 'client.py' },
  {
    name: 'Java HttpClient',
    programs: ['java', 'javac'],
    debianPackage: 'default-jdk-headless',
    script: 'Client.java',
  },
]

const SLIDES = 3
/** The second is so large that curl asks with `Expect: 100-continue` before it sends it. */
const FILES = [
  { name: 'small.pptx', pictures: 0 },
  { name: 'larger.pptx', pictures: 60 },
]
const LIMIT_MS = 120_000

const missing = CLIENTS.filter(({ programs }) => programs.some(program => !programAt(program)))
for (const { name, debianPackage } of missing)
  console.log(`  ✗ ${name} is not on this machine; on Debian: apt-get install ${debianPackage}`)
if (missing.length > 0) process.exitCode = 1
else await convertWithAll()

async function convertWithAll(): Promise<void> {
  const dataDir = makeDataDir()
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-clients-'))
  let instance: TestInstance | undefined
  try {
    for (const { name, pictures } of FILES)
      await writeFile(join(folder, name), await deck({ slides: Math.max(SLIDES, pictures), pictures }))
    instance = await startInstance({ dataDir })
    await instance.ready()
    for (const client of CLIENTS)
      for (const { name, pictures } of FILES)
        await convertWith(client, {
          url: instance.url,
          path: join(folder, name),
          slides: Math.max(SLIDES, pictures),
        })
  } finally {
    await instance?.end('SIGTERM')
    await clearAway(dataDir)
    await rm(folder, { recursive: true })
  }
}

interface ClientRequest {
  url: string
  path: string
  slides: number
}

/** Runs a client on a file and looks at what it downloaded. */
async function convertWith(
  { name, programs, script }: Client,
  { url, path, slides }: ClientRequest,
): Promise<void> {
  const [program = ''] = programs
  const result = `${path}.pdf`
  const began = performance.now()
  try {
    const words = [join(import.meta.dirname, 'clients', script), url, path, result]
    const { stdout } = await promisify(execFile)(program, words, { timeout: LIMIT_MS })
    const pages = await pageCount(await readFile(result))
    if (pages !== slides) throw new Error(`the result has ${pages} pages, not ${slides}`)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(`  ✓ ${name}: ${stdout.trim()}, ${pages} pages in ${seconds} s`)
  } catch (error) {
    process.exitCode = 1
    const { message, stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string }
    console.log(`  ✗ ${name}: ${[message, stdout, stderr].join('\n').trim()}`)
  } finally {
    await rm(result, { force: true })
  }
}
