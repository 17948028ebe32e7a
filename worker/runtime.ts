import type { Config } from '#lib/config.ts'
import type { Logger } from '#lib/log.ts'
import type { ObserveEngines } from '#lib/metrics/work-fact.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { type SandboxName, sandboxesFor } from '#lib/vocabulary/sandboxes.ts'
import { type EngineContext, type EngineWithSlots, engineFor } from './engines.ts'
import { removeFolder } from './folders.ts'
import { findLeaks, probeSandbox } from './probe.ts'
import type { MachineFonts } from './report/fresh-fonts.ts'
import type { AttemptContext } from './run-job.ts'
import { buildSandbox, tryOut } from './sandbox.ts'
import { openScratchDir, type Slots } from './slots.ts'

const SANDBOX_OFF = 'SANDBOX=off: a hostile document can read files of this machine and reach its network'

/** The dependencies of attempts, after a successful sandbox test and a first conversion. */
export interface Runtime extends Pick<AttemptContext, 'engine' | 'check'> {
  readonly fonts: Pick<MachineFonts, 'match' | 'missing' | 'missingIn' | 'facts'>
  readonly slots: Pick<Slots, 'count' | 'use' | 'activity' | 'obey'>
  readonly sandbox: SandboxName
  /** Starts what the first job does not need: the engine's other processes. */
  startRest(): void
  close(): Promise<void>
}

export interface RuntimeOptions {
  slotsFolder: string
  /** Where a filled profile of LibreOffice is kept for the next start; deleted where a start fails. */
  keptDir: string
  log: Logger
  /** Is told what becomes of the processes of LibreOffice; unset: nobody is. */
  observe?: ObserveEngines
  /** Called when a process of LibreOffice runs: what is loaded from here on costs no time. */
  onStarting?(): void
  /**
   * Called with a sentence for the operator when an open runtime can no longer convert, and with null when it can
   * again.
   */
  onProblem(problem: string | null): void
}

/**
 * Opens sandbox, slots and engine, converts a first document, and tests the sandbox with a bait document. With
 * SANDBOX=auto it takes the first sandbox that passes.
 * @throws AppError `sandbox_unavailable`, `engine_crashed`: no job may be claimed
 */
export async function openRuntime(config: Config, options: RuntimeOptions): Promise<Runtime> {
  const problems = new Set<string>()
  // Only bubblewrap can show a tree.
  for (const mode of treeOf(config) ? (['bwrap'] as const) : sandboxesFor(config.sandbox))
    try {
      return await openIn(mode, config, options)
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'sandbox_unavailable')) throw error
      problems.add(error.message.replace(`${error.code}: `, ''))
    }
  throw new AppError('sandbox_unavailable', { log: [...problems].join(' ') })
}

const treeOf = ({ engineRoot }: Config) => (engineRoot === 'machine' ? undefined : engineRoot)

async function openIn(
  mode: SandboxName,
  config: Config,
  { slotsFolder, keptDir, log, observe, onStarting, onProblem }: RuntimeOptions,
): Promise<Runtime> {
  const scratchDir = await openScratchDir(slotsFolder)
  const sandbox = await buildSandbox(mode, scratchDir, { fonts: config.fontsDir, tree: treeOf(config) })
  const context = { sandbox, scratchDir, keptDir, log, observe, onProblem }
  const trial = tryOut(sandbox, scratchDir)
  trial.catch(() => {}) // Awaited below.
  const { started, ...bare } = await startEngine(config, context).catch(async error => {
    await trial // Its reason says more.
    throw error
  })
  onStarting?.()
  const { withLayers, openFonts, checkResult } = await loadRest()
  const { slots } = bare
  const engine = withLayers(bare.engine, config, sandbox)
  const fonts = await openFonts({ sandbox, scratchDir, engine, log, own: config.fontsDir })
  const close = async () => {
    fonts.close()
    await engine.stop()
    await slots.close()
  }
  try {
    await trial
    const probed = { engine, started, slots, sandbox, scratchDir }
    if (mode !== 'off') await probeSandbox(probed)
    else log.warn({ leaks: await findLeaks(probed) }, SANDBOX_OFF)
  } catch (error) {
    await close()
    await removeFolder(keptDir)
    throw error
  }
  return {
    sandbox: mode,
    ...{ slots, engine, fonts, close },
    check: result => checkResult(result, sandbox),
    // The engine itself reports what fails now, and tries again.
    startRest: () => void engine.start().catch(() => {}),
  }
}

/** Resolves when LibreOffice runs; `started`, when it takes a document. */
async function startEngine(
  config: Config,
  context: EngineContext,
): Promise<EngineWithSlots & { started: Promise<void> }> {
  const { promise: spawned, resolve: onSpawned } = Promise.withResolvers<void>()
  const made = await engineFor(config, { ...context, onSpawned })
  const started = made.engine.startOne()
  // Whoever awaits `started` gets the failure.
  await Promise.race([spawned, started.catch(() => {})])
  return { ...made, started }
}

/** What LibreOffice does not need to start; loading takes a processor as long as LibreOffice itself. */
async function loadRest() {
  const [{ withLayers }, { openFonts }, { checkResult }] = await Promise.all([
    import('./engine-layers.ts'),
    import('./report/fresh-fonts.ts'),
    import('./check-result.ts'),
    // For the document of the probe.
    import('./engines/warm/convert.ts'),
  ])
  return { withLayers, openFonts, checkResult }
}
