import { openLog } from '#lib/log.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Conversion, Converted } from '#worker/engine.ts'
import type { EngineProcess, ProcessDirs, StartOptions } from '#worker/pool/engine-process.ts'
import type { PoolOptions } from '#worker/pool/pool-options.ts'
import { Pool } from '#worker/pool.ts'
import type { SlotRequest } from '#worker/slots.ts'

const NEVER = new AbortController().signal

/** An engine process that does what the test tells it, for the supervisor's bookkeeping alone. */
export class ScriptedProcess implements EngineProcess {
  readonly gone: Promise<void>
  readonly place: ProcessDirs
  readonly heard: Conversion[] = []
  stopped = false
  isUnproven = false
  readonly #script: ProcessScript
  readonly #die: () => void

  constructor(place: ProcessDirs, script: ProcessScript) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.place = place
    this.gone = promise
    this.#die = resolve
    this.#script = script
  }

  pid(): undefined {
    return undefined
  }

  async start({ isUnproven = false }: StartOptions = {}): Promise<void> {
    this.isUnproven = isUnproven
    await this.#script.start?.(this)
  }

  async convert(conversion: Conversion): Promise<Converted> {
    this.heard.push(conversion)
    await this.#script.convert?.(conversion, this)
    return { path: `${conversion.directory}/result.pdf` }
  }

  async idle(): Promise<void> {
    await this.#script.settled?.(this)
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.#die()
  }

  /** As after kill -9. */
  crash(): never {
    this.#die()
    throw new AppError('engine_crashed')
  }

  dieIdle(): void {
    this.#die()
  }
}

export interface ProcessScript {
  start?(process: ScriptedProcess): unknown
  convert?(conversion: Conversion, process: ScriptedProcess): unknown
  settled?(process: ScriptedProcess): unknown
}

export interface Scripted {
  pool: Pool
  made: ScriptedProcess[]
  problems: (string | null)[]
  /** Processes that are neither stopped nor dead. */
  living(): ScriptedProcess[]
}

/** A pool in `workshop` whose processes follow `script`. */
export function scriptedPool(
  scratchDir: string,
  script: ProcessScript,
  changes: Partial<PoolOptions> = {},
): Scripted {
  const made: ScriptedProcess[] = []
  const problems: (string | null)[] = []
  const pool = new Pool({
    name: 'Scripted',
    scratchDir,
    slots: 2,
    sandbox: { adopt: async () => {} },
    makeProcess: place => {
      const process = new ScriptedProcess(place, script)
      made.push(process)
      return process
    },
    recycling: { reuse: 'always', maxDocuments: 3, maxRssBytes: 1e9 },
    limits: { cpuMs: 10_000, stallMs: 10_000, memoryBytes: 1e9, resultBytes: 1e9 },
    log: openLog('test', { level: 'silent', format: 'json' }),
    onProblem: problem => problems.push(problem),
    firstWaitMs: 1,
    ...changes,
  })
  return { pool, made, problems, living: () => made.filter(process => !process.stopped) }
}

interface OneOptions extends SlotRequest {
  onConverted?(): void
}

/** One document through the pool. Gives the folder it lay in. */
export function convertOne(
  pool: Pool,
  { signal = NEVER, onConverted, ...visit }: OneOptions = {},
): Promise<string> {
  const work = async (directory: string) => {
    const sourcePath = `${directory}/source.txt`
    await pool.convert({ sourcePath, format: 'txt', target: 'pdf', directory, signal, onProgress: () => {} })
    onConverted?.()
    return directory
  }
  return pool.slots.use(work, { signal, ...visit })
}
