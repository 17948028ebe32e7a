/** The warm engine's process: a LibreOffice that stays in its sandbox and converts one document after another. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Conversion, Converted } from '#worker/engine.ts'
import { copyFolder } from '#worker/folders.ts'
import type { EngineProcess, MakeProcess, ProcessDirs, StartOptions } from '#worker/pool/engine-process.ts'
import { DOCUMENTS } from '#worker/sandbox/bwrap-args.ts'
import { setLocale } from '#worker/sandbox/profile.ts'
import type { Ended, Sandbox, Sandboxed } from '#worker/sandbox.ts'
import type { Office } from '#worker/uno/office.ts'
import { UnoError } from '#worker/uno/uno-errors.ts'
import { whileActive } from '#worker/watchdog/while-active.ts'
import { launch } from './warm/launch.ts'

/** How long it may be idle while it starts, in milliseconds. */
const SILENT_MS = 60_000
/** Its last output arrives a moment after its death, in milliseconds. */
const LAST_OUTPUT_MS = 200

export interface WarmOptions {
  sandbox: Sandbox
  /** A filled profile, to be copied. */
  home: string
  /** What one document may use, in bytes. */
  memoryLimitBytes: number
  /** The largest result, in bytes. */
  resultLimitBytes: number
  /** Called with each process, when it runs. */
  onSpawned?: (() => void) | undefined
}

/** Creates processes that share only the template of their profile. */
export function warmProcesses(options: WarmOptions): MakeProcess {
  return dirs => new WarmProcess(dirs, options)
}

class WarmProcess implements EngineProcess {
  readonly gone: Promise<void>
  readonly #dirs: ProcessDirs
  readonly #options: WarmOptions
  readonly #stopping = new AbortController()
  readonly #resolveGone: () => void
  #running: Sandboxed | undefined
  #office: Office | undefined
  #stopped: Promise<void> | undefined
  #closing = Promise.resolve()

  constructor(dirs: ProcessDirs, options: WarmOptions) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.gone = promise
    this.#resolveGone = resolve
    this.#dirs = dirs
    this.#options = options
  }

  pid(): number | undefined {
    return this.#running?.pid
  }

  async start({ isUnproven = false }: StartOptions = {}): Promise<void> {
    const working = whileActive(() => this.pid(), SILENT_MS)
    const signal = AbortSignal.any([this.#stopping.signal, working.signal])
    try {
      await this.#launch(signal)
      if (!isUnproven) await this.#convertFirst(signal)
    } catch (error) {
      // Stopped during its start: a process that started after `stop` must be killed too.
      await this.#running?.kill()
      if (this.#stopping.signal.aborted || !signal.aborted) throw error
      throw new AppError('engine_crashed', {
        log: `not ready, and silent or busy for ${SILENT_MS / 1000} s`,
        cause: error,
      })
    } finally {
      working.stop()
    }
  }

  async convert(conversion: Conversion): Promise<Converted> {
    const office = this.#office
    if (!office) throw new AppError('engine_crashed', { log: 'not started' })
    // Of several documents that are merged, the next one comes while LibreOffice still closes the last.
    await this.#closing.catch(() => {})
    const { workDir } = this.#dirs
    const inside = (path: string) => this.#options.sandbox.pathInside(workDir, path, DOCUMENTS)
    try {
      // Loaded while the first process starts.
      const { convertDocument } = await import('./warm/convert.ts')
      return await convertDocument(conversion, { office, inside, onClosing: this.#onClosing })
    } catch (error) {
      if (conversion.signal.aborted || error instanceof AppError) throw error
      if (error instanceof UnoError)
        throw new AppError('conversion_failed', { log: `${error.type}: ${error.message}`, cause: error })
      throw new AppError('engine_crashed', { log: await this.#lastOutput(), cause: error })
    }
  }

  idle(): Promise<void> {
    return this.#closing
  }

  stop(): Promise<void> {
    this.#stopping.abort()
    this.#stopped ??= this.#end()
    return this.#stopped
  }

  readonly #onClosing = (closing: Promise<void>) => {
    this.#closing = closing
    // Callers of `idle` receive the failure.
    closing.catch(() => {})
  }

  async #end(): Promise<void> {
    this.#office?.close()
    try {
      await this.#running?.kill()
    } finally {
      this.#resolveGone()
    }
  }

  async #launch(signal: AbortSignal): Promise<void> {
    const { root, workDir, region } = this.#dirs
    const { home, onSpawned, ...options } = this.#options
    copyFolder(home, join(root, 'home'))
    await setLocale(join(root, 'home', 'profile'), region.locale)
    await options.sandbox.adopt(root)
    const onStarted = (running: Sandboxed) => {
      this.#running = running
      onSpawned?.()
    }
    this.#office = await launch({ ...options, root, documents: workDir, region, signal, onStarted })
    void this.#office.closed.then(this.#resolveGone)
  }

  /** A process is ready after a conversion; answering is not enough. */
  async #convertFirst(signal: AbortSignal): Promise<void> {
    const { workDir } = this.#dirs
    const sourcePath = join(workDir, 'first.txt')
    await writeFile(sourcePath, 'Nightshift starts.\n')
    const onProgress = () => {}
    await this.convert({ sourcePath, format: 'txt', target: 'pdf', directory: workDir, signal, onProgress })
    await this.#closing
  }

  async #lastOutput(): Promise<string> {
    const ended = this.#running?.ended.catch(() => undefined)
    const how: Ended | undefined = await Promise.race([ended, wait(LAST_OUTPUT_MS, undefined)])
    if (!how) return 'LibreOffice hung up'
    return `LibreOffice ended with ${how.signal ?? how.code}: ${how.stderr.trim().slice(0, 2000) || '(silent)'}`
  }
}
