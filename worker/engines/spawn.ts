/** The simple engine: npm libreoffice-convert, which starts LibreOffice for each file, inside the sandbox. */
import { constants, createReadStream, readFileSync } from 'node:fs'
import { access, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { convertWithOptions } from 'libreoffice-convert'
import type { ObserveEngines } from '#lib/metrics/work-fact.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { unmeasured } from '#lib/vocabulary/job.ts'
import { note } from '#lib/vocabulary/notes.ts'
import type { Conversion, Converted, Engine } from '#worker/engine.ts'
import { copyFolder } from '#worker/folders.ts'
import { killReasonOf } from '#worker/pool/kill-reason.ts'
import { clockOf, type Region } from '#worker/region.ts'
import { endProcessTree } from '#worker/sandbox/process-tree.ts'
import { setLocale } from '#worker/sandbox/profile.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import type { Slots } from '#worker/slots.ts'
import { type ConversionLimits, Watchdog } from '#worker/watchdog.ts'
import { makeHome, officeCommand } from './home.ts'
import { failureOf } from './process-failure.ts'
import { sourceNameOf } from './source-name.ts'
import { notesOn, refuseUnsupported, sourceArgs, targetArgs } from './spawn/filter-args.ts'

/** The library holds source and result in memory as a whole, so sources are limited, in bytes. */
const LARGEST_SOURCE = 256_000_000

export interface SpawnEngineOptions {
  /** @see Engine.name */
  name: string
  sandbox: Sandbox
  slots: Slots
  /** The folder of this worker, outside all slots. */
  scratchDir: string
  /** The result is measured when it is complete: the library writes it elsewhere. */
  limits: ConversionLimits
  /** Is told of each process; unset: nobody is. */
  observe?: ObserveEngines | undefined
}

/** An engine that starts a LibreOffice for each conversion. */
export function spawnEngine(options: SpawnEngineOptions): Engine {
  const home = join(options.scratchDir, 'home')
  let started: Promise<void> | undefined
  const start = () => {
    started ??= options.slots.use(async slot => {
      await rm(home, { recursive: true, force: true })
      await makeHome(slot, options.sandbox)
      copyFolder(join(slot, 'home'), home)
    })
    return started
  }
  return {
    name: options.name,
    startOne: start,
    start,
    convert: async conversion => {
      refuseUnsupported(conversion)
      for (const stated of notesOn(conversion)) conversion.onNote?.(stated)
      const missing = conversion.inserted?.length ?? 0
      if (missing > 0) conversion.onNote?.(note('inserted_files_not_shown', { count: missing }))
      const { size } = await stat(conversion.sourcePath)
      if (size > LARGEST_SOURCE)
        throw new AppError('too_large_for_engine', { details: { limit: LARGEST_SOURCE / 1e6 } })
      // LibreOffice does not report progress in this mode.
      conversion.onProgress(unmeasured('loading'))
      copyFolder(home, join(conversion.directory, 'home'))
      await setLocale(join(conversion.directory, 'home', 'profile'), conversion.region?.locale)
      return observed(conversion, options)
    },
    // Each file has a new process.
    renew: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  }
}

async function observed(conversion: Conversion, options: SpawnEngineOptions): Promise<Converted> {
  options.observe?.({ type: 'engineStarted' })
  try {
    return await convertWithin(options.limits, conversion, options)
  } catch (error) {
    const reason = killReasonOf(error, conversion.signal)
    if (reason) options.observe?.({ type: 'engineKilled', reason })
    throw error
  }
}

async function convertWithin(
  limits: ConversionLimits,
  conversion: Conversion,
  options: SpawnEngineOptions,
): Promise<Converted> {
  const { directory, target, region = {}, processor, signal } = conversion
  const over = new AbortController()
  const stop = AbortSignal.any([signal, over.signal])
  const wrapper = await writeWrapper(directory, region, options)
  const path = join(directory, `result.${target}`)
  const watched = { pid: () => pidIn(wrapper), processTree: [], resultPath: path, target, processor }
  const watchdog = new Watchdog(watched, limits, error => over.abort(error))
  const { error, bytes } = await callLibrary(conversion, { stop, wrapper }).finally(() => watchdog.stop())
  stop.throwIfAborted()
  if (!bytes) throw failureOf({ code: codeOf(error), stderr: await readOutput(wrapper), cause: error })
  await writeFile(path, bytes)
  watchdog.checkResult()
  return { path }
}

interface Wrapped {
  file: string
  pidFile: string
  errorFile: string
}

async function writeWrapper(
  slot: string,
  region: Region,
  { sandbox, scratchDir }: SpawnEngineOptions,
): Promise<Wrapped> {
  const file = join(scratchDir, `soffice-${basename(slot)}`)
  const wrapper = { file, pidFile: `${file}.pid`, errorFile: `${file}.stderr` }
  await Promise.all([rm(wrapper.pidFile, { force: true }), rm(wrapper.errorFile, { force: true })])
  await sandbox.writeWrapper(file, officeCommand(slot, sandbox), {
    slot,
    documents: slot,
    environment: { ...sandbox.office.environment, TZ: clockOf(region) },
    ...wrapper,
  })
  // Otherwise the library would silently use /usr/bin/soffice, outside the sandbox.
  await access(file, constants.X_OK).catch(cause => {
    throw new AppError('sandbox_unavailable', { log: `${file} cannot be run`, cause })
  })
  return wrapper
}

async function callLibrary(
  conversion: Conversion,
  { stop, wrapper }: { stop: AbortSignal; wrapper: Wrapped },
): Promise<{ error: Error | null; bytes?: Buffer | undefined }> {
  const { sourcePath, directory } = conversion
  const document = await readFile(sourcePath)
  const sofficeAdditionalArgs = sourceArgs(conversion)
  let outcome: { error: Error | null; bytes?: Buffer | undefined } = { error: null }
  const library = new AbortController()
  // Everything is killed before the library is aborted, because its cleanup would run while processes still write.
  const onStop = () => void endWrapped(wrapper).finally(() => library.abort())
  stop.addEventListener('abort', onStop, { once: true })
  if (stop.aborted) library.abort()
  try {
    await convertWithOptions(
      document,
      // Together with the filter: as a separate argument the library would add quotes that nothing removes.
      targetArgs(conversion),
      undefined,
      {
        fileName: sourceNameOf(conversion),
        sofficeBinaryPaths: [wrapper.file],
        sofficeAdditionalArgs,
        execOptions: { env: {}, cwd: directory, signal: library.signal, killSignal: 'SIGKILL' },
        tmpOptions: { tmpdir: directory },
        asyncOptions: { times: 1, interval: 0 },
      },
      (error, bytes) => {
        outcome = { error, bytes }
      },
    )
  } finally {
    stop.removeEventListener('abort', onStop)
  }
  return outcome
}

async function endWrapped({ pidFile }: Wrapped): Promise<void> {
  const pid = pidIn({ pidFile })
  if (pid !== undefined) await endProcessTree(pid)
}

/** Undefined until the wrapper runs. */
function pidIn({ pidFile }: Pick<Wrapped, 'pidFile'>): number | undefined {
  try {
    return Number(readFileSync(pidFile, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

/** The exit code of LibreOffice; 0 where it ended normally and only the result was missing. */
function codeOf(error: Error | null): number | null {
  const code = (error as { code?: number | string | null } | null)?.code
  if (code === 'ENOENT') return 0
  return typeof code === 'number' ? code : null
}

/** The beginning of stderr; a hostile process may have written gigabytes. */
async function readOutput({ errorFile }: Wrapped): Promise<string> {
  const output: Buffer[] = await createReadStream(errorFile, { end: 4095 })
    .toArray()
    .catch(() => [])
  return Buffer.concat(output).toString()
}
