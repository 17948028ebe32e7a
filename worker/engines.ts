import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#lib/config.ts'
import type { Logger } from '#lib/log.ts'
import type { ObserveEngines } from '#lib/metrics/work-fact.ts'
import type { Engine } from './engine.ts'
import { hideColourFonts } from './engines/colour-fonts.ts'
import { makeHome } from './engines/home.ts'
import { type FilledHome, keepHome, loadHome } from './engines/kept-home.ts'
import { officeName } from './engines/name.ts'
import { warmProcesses } from './engines/warm.ts'
import { removeFolder } from './folders.ts'
import { Pool } from './pool.ts'
import type { ProfileOptions } from './sandbox/profile.ts'
import type { Sandbox } from './sandbox.ts'
import { openSlots, type Slots } from './slots.ts'
import type { ConversionLimits } from './watchdog.ts'

const PROFILE: ProfileOptions = { commentsInMargin: true }

/** The part of the configuration that engines use. */
export type EngineConfig = Pick<
  Config,
  | 'engine'
  | 'slots'
  | 'engineReuse'
  | 'engineMaxDocs'
  | 'engineMaxRssBytes'
  | 'splitDocuments'
  | 'cpuLimitMs'
  | 'timeLimitMs'
  | 'stallLimitMs'
  | 'memoryLimitBytes'
  | 'resultLimitBytes'
>

export interface EngineContext {
  sandbox: Sandbox
  /** The folder of this worker. */
  scratchDir: string
  /** Where a filled profile is kept for the next start; unset: it is not kept. */
  keptDir?: string | undefined
  log: Logger
  /**
   * Called with a sentence for the operator when the engine fails after its start, and with null when it works again.
   */
  onProblem(problem: string | null): void
  /** Is told what becomes of the processes; unset: nobody is. */
  observe?: ObserveEngines | undefined
  /** Called with each process of LibreOffice that stays, when it runs. */
  onSpawned?(): void
}

/** An engine that has not been started, and its slots. */
export interface EngineWithSlots {
  engine: Engine
  slots: Slots
}

/**
 * Creates the engine that the configuration names, still without its layers (`withLayers`), so that it can start while
 * those are loaded.
 * @throws AppError `sandbox_unavailable`, `engine_crashed`
 */
export async function engineFor(config: EngineConfig, context: EngineContext): Promise<EngineWithSlots> {
  switch (config.engine) {
    case 'warm': {
      const filled = await filledHome(context)
      await hideColourFonts({ ...context, ...filled })
      const pool = warmPool(config, { ...context, ...filled })
      return { engine: pool, slots: pool.slots }
    }
    case 'spawn': {
      const slots = await openSlots(context.scratchDir, config.slots, context.sandbox)
      const name = await officeName(context)
      await hideColourFonts({ ...context, name })
      const { spawnEngine } = await import('./engines/spawn.ts')
      return { engine: spawnEngine({ ...context, name, slots, limits: limitsOf(config) }), slots }
    }
  }
}

function warmPool(config: EngineConfig, { home, onSpawned, ...context }: EngineContext & FilledHome): Pool {
  const { memoryLimitBytes, resultLimitBytes } = config
  return new Pool({
    ...context,
    slots: config.slots,
    makeProcess: warmProcesses({
      ...{ sandbox: context.sandbox, home, memoryLimitBytes, resultLimitBytes, onSpawned },
    }),
    recycling: {
      reuse: config.engineReuse,
      maxDocuments: config.engineMaxDocs,
      maxRssBytes: config.engineMaxRssBytes,
    },
    limits: limitsOf(config),
  })
}

/** The limits of one conversion. */
export function limitsOf(config: EngineConfig): ConversionLimits {
  return {
    cpuMs: config.cpuLimitMs,
    stallMs: config.stallLimitMs,
    memoryBytes: config.memoryLimitBytes,
    resultBytes: config.resultLimitBytes,
  }
}

/** A filled profile, to be copied for each process, because a fresh one needs two starts: the kept one, or a new one. */
async function filledHome(context: EngineContext): Promise<FilledHome> {
  const { scratchDir, sandbox, keptDir, log } = context
  const folder = join(scratchDir, 'template')
  await removeFolder(folder)
  await mkdir(folder, { mode: 0o700 })
  const home = join(folder, 'home')
  const keeping = keptDir && { folder: keptDir, office: sandbox.office, profile: PROFILE }
  const kept = keeping && (await loadHome(home, keeping))
  if (kept) return kept
  const [name] = await Promise.all([officeName(context), makeHome(folder, sandbox, PROFILE)])
  if (keeping)
    await keepHome({ name, home }, keeping).catch(error =>
      log.warn({ err: error }, 'the next start fills a profile again'),
    )
  return { name, home }
}
