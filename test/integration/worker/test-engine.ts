/** A worker's real parts around real documents, without the queue. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLog } from '#lib/log.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { type Flags, scan } from '#lib/scan.ts'
import type { Note } from '#lib/vocabulary/notes.ts'
import { parseSettings } from '#lib/vocabulary/settings.ts'
import { KEPT_PROFILE } from '#test/kept-profile.ts'
import { checkResult } from '#worker/check-result.ts'
import type { Conversion, Engine } from '#worker/engine.ts'
import { withLayers } from '#worker/engine-layers.ts'
import { type EngineConfig, engineFor } from '#worker/engines.ts'
import { regionOf } from '#worker/region.ts'
import { isRunning, processTreeOf } from '#worker/sandbox/process-tree.ts'
import { openSandbox, type Sandbox } from '#worker/sandbox.ts'
import { openScratchDir, type Slots } from '#worker/slots.ts'

export interface TestEngine {
  scratchDir: string
  sandbox: Sandbox
  slots: Slots
  engine: Engine
  /** The engine without its layers. */
  bare: Engine
  close(): Promise<void>
}

/** One slot of the warm engine, as a worker has it by default. */
const STANDARD: EngineConfig = {
  engine: 'warm',
  slots: 1,
  engineReuse: 'always',
  engineMaxDocs: 200,
  engineMaxRssBytes: 900e6,
  splitDocuments: true,
  cpuLimitMs: 900_000,
  timeLimitMs: 3_600_000,
  stallLimitMs: 60_000,
  memoryLimitBytes: 3e9,
  resultLimitBytes: 1e9,
}

export type TestEngineOptions = Partial<EngineConfig> & {
  /** The operator’s own fonts. */
  fonts?: string
  /** The system that the sandbox shows instead of the machine's. */
  tree?: string
  /** Where the filled profile is kept; by default all engines of a test run share one. */
  keptDir?: string
  onProblem?(problem: string | null): void
}

/** Opens sandbox, slots and engine; the engine is not yet started. */
export async function openTestEngine(
  mode: Sandbox['mode'],
  options: TestEngineOptions = {},
): Promise<TestEngine> {
  const { fonts, tree, keptDir = KEPT_PROFILE, onProblem = () => {}, ...changes } = options
  const { folder, scratchDir } = await newScratchDir()
  const sandbox = await openSandbox(mode, scratchDir, { fonts, tree })
  const log = openLog('test', { level: 'silent', format: 'json' })
  const config = { ...STANDARD, ...changes }
  const bare = await engineFor(config, { sandbox, scratchDir, keptDir, log, onProblem })
  const { slots } = bare
  const engine = withLayers(bare.engine, config, sandbox)
  const close = async () => {
    await engine.stop()
    await rm(folder, { recursive: true })
  }
  return { scratchDir, sandbox, slots, engine, bare: bare.engine, close }
}

/** A folder as the worker makes it, in one that every user may pass through. */
export async function newScratchDir(): Promise<{ folder: string; scratchDir: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-worker-'))
  await chmod(folder, 0o711)
  return { folder, scratchDir: await openScratchDir(join(folder, 'slots')) }
}

export interface TestSource {
  bytes: Buffer | string
  format: string
}

/** A target with options, secret ones too, as a form brings them. */
export interface TestSettings {
  target: string
  options?: Record<string, unknown> | undefined
}

export interface Made {
  /** As the check counted them. */
  pages: number | null
  bytes: Buffer
}

/** What the scan saw and who listens, where it matters. */
type More = Partial<Omit<Conversion, 'target' | 'options'>>

/** Converts with settings that the table must offer, and checks the result. */
export async function make(
  testEngine: Pick<TestEngine, 'slots' | 'engine' | 'sandbox'>,
  { bytes, format }: TestSource,
  { target, options = {}, signal = AbortSignal.timeout(60_000), ...more }: TestSettings & More,
): Promise<Made> {
  const settings = parseSettings({ target, options }, format)
  const flags = await flagsOf({ bytes, format })
  const seen = { region: regionOf({ format, ...settings, flags }), hasFileDates: flags?.fileDates ?? false }
  return testEngine.slots.use(
    async slot => {
      const sourcePath = join(slot, `source.${format}`)
      await writeFile(sourcePath, bytes)
      const place = { sourcePath, format, directory: slot, ...seen, signal }
      const converted = await testEngine.engine.convert({
        ...place,
        ...settings,
        onProgress: () => {},
        ...more,
      })
      const pages = await checkResult({ ...converted, ...settings, slot, signal }, testEngine.sandbox)
      return { pages, bytes: await readFile(converted.path) }
    },
    { signal, region: seen.region },
  )
}

/** What the scan sees; nothing where it would refuse. */
export async function flagsOf({ bytes, format }: TestSource): Promise<Flags | undefined> {
  const source = sourceOfBuffer(Buffer.from(bytes))
  return (await scan(source, `file.${format}`, { hasPassword: true }).catch(() => undefined))?.flags
}

/** Listens for notes, kept as code and count. */
export function collectNotes(): { notes: [code: string, count: number][]; onNote(note: Note): void } {
  const notes: [string, number][] = []
  return { notes, onNote: ({ code, count }) => void notes.push([code, count]) }
}

/** Converts into a PDF; gives its pages and its bytes. */
export async function convert(
  testEngine: Pick<TestEngine, 'slots' | 'engine' | 'sandbox'>,
  source: TestSource,
  signal?: AbortSignal,
): Promise<{ pages: number; pdf: Buffer }> {
  const { pages, bytes } = await make(testEngine, source, { target: 'pdf', ...(signal && { signal }) })
  return { pages: pages ?? 0, pdf: bytes }
}

/** Numbers of LibreOffice's processes that descend from this one. */
export function officesRunning(): Promise<number[]> {
  return officesBelow(process.pid)
}

/** Numbers of LibreOffice's processes that descend from another one. */
export async function officesBelow(ancestor: number): Promise<number[]> {
  const family = processTreeOf(ancestor)
  const lines = await Promise.all(family.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return family.filter((_, index) => lines[index]?.split('\0')[0]?.endsWith('soffice.bin'))
}

/** All that descends from this process and runs. */
export function descendants(): number[] {
  return processTreeOf(process.pid).filter(pid => pid !== process.pid && isRunning(pid))
}
