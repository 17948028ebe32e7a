/**
 * Makes a LibreOffice in a folder of its own from nothing, verifies it, and converts documents in turn with it and with
 * the installed one: how long it takes, how large it is, how fast it converts, and whether the pages are the same.
 * Options: `--rounds N` (10), `--folder DIR` (real documents instead of those made here).
 */
import { chmodSync, existsSync, globSync, lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureTree, platformForTree } from '#cli/engine/make-tree.ts'
import { changedFiles } from '#cli/engine/tree-files.ts'
import { aboutTree } from '#cli/start/engine-root.ts'
import { type BenchDocument, benchDocuments, scanned } from '#test/bench/engine/bench-documents.ts'
import { startedPool } from '#test/bench/engine/contestants.ts'
import { illustrated } from '#test/documents/illustrated.ts'
import { convert, type TestEngine } from '#test/integration/worker/test-engine.ts'
import { pagePictures } from '#test/pdf.ts'

/** 137 MB of it are fonts. */
const LARGEST_MB = 560
/** The median of the ratios round by round. */
const SLOWEST = 1.05

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '10' }, folder: { type: 'string' } },
})
const rounds = Number(values.rounds)
let failures = 0
const state = (holds: boolean, words: string) => {
  if (!holds) failures++
  console.log(`  ${holds ? '✓' : '✗'} ${words}`)
}
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN

const platform = await platformForTree()
if (!platform) throw new Error('no tree can be made here: it needs apt-get, dpkg-deb and user namespaces')
const store = mkdtempSync(join(tmpdir(), 'nightshift-engine-'))
chmodSync(store, 0o755)
try {
  const began = performance.now()
  const tree = await ensureTree(platform, { store })
  console.log(`  ${aboutTree(tree)}: made in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  state(
    !existsSync(join(tree.path, 'usr/share/man')) && sizeOf(tree.path) < LARGEST_MB,
    `${sizeOf(tree.path)} MB`,
  )
  state((await changedFiles(tree.path)).length === 0, 'every file is as it was made')
  await duel(tree.path)
} finally {
  rmSync(store, { recursive: true })
}
process.exit(failures > 0 ? 1 : 0)

/** In MB, without what the file system adds. */
function sizeOf(folder: string): number {
  const files = globSync('**', { cwd: folder }).map(name => lstatSync(join(folder, name)))
  return Math.round(files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0) / 1e6)
}

async function duel(tree: string): Promise<void> {
  const [installed, own] = [await startedPool('bwrap', {}), await startedPool('bwrap', { tree })]
  console.log(`  installed: ${installed.engine.name}, own: ${own.engine.name}`)
  const documents = [...(await benchDocuments(values.folder)), ...(values.folder ? [] : await pictured())]
  const ratios: number[] = []
  for (const document of documents) ratios.push(...(await rounded(document, installed, own)))
  state(median(ratios) <= SLOWEST, `takes ${median(ratios).toFixed(3)} of the installed one’s time`)
  await Promise.all([installed.close(), own.close()])
}

async function pictured(): Promise<BenchDocument[]> {
  const made = await illustrated()
  return Promise.all(made.map(({ family, format, bytes }) => scanned(family, format, Buffer.from(bytes))))
}

/** The ratios of all rounds but the first, which warms up; what slows one round slows both. */
async function rounded(document: BenchDocument, installed: TestEngine, own: TestEngine): Promise<number[]> {
  const ratios: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 === 0 ? [installed, own] : [own, installed]
    const times = new Map<TestEngine, number>()
    const pages = new Map<TestEngine, string>()
    for (const engine of order) {
      const began = performance.now()
      const { pdf } = await convert(engine, document, AbortSignal.timeout(300_000))
      times.set(engine, performance.now() - began)
      if (round === 0)
        pages.set(engine, (await pagePictures(pdf)).map(one => one.pixels.toString('base64')).join())
    }
    if (round === 0) state(pages.get(own) === pages.get(installed), `${document.name}: the same pages`)
    else ratios.push((times.get(own) ?? Number.NaN) / (times.get(installed) ?? Number.NaN))
  }
  return ratios
}
