import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '#lib/config.ts'
import type { Logger } from '#lib/log.ts'
import { withCharsets } from './charset.ts'
import { withEmptyPages } from './empty-pages.ts'
import type { Engine } from './engine.ts'
import { hideColourFonts } from './engines/colour-fonts.ts'
import { makeHome } from './engines/home.ts'
import { type FilledHome, keepHome, loadHome } from './engines/kept-home.ts'
import { officeName } from './engines/name.ts'
import { spawnEngine } from './engines/spawn.ts'
import { warmProcesses } from './engines/warm.ts'
import { removeFolder } from './folders.ts'
import { withHtmlTables } from './html-tables.ts'
import { withLocks } from './locks.ts'
import { withMerge } from './merge.ts'
import { withOldFields } from './old-fields.ts'
import { withPackageCopies } from './package-copies.ts'
import { withPageOrder } from './page-order.ts'
import { withPages } from './pages.ts'
import { withPdfSources } from './pdf-sources.ts'
import { Pool } from './pool.ts'
import { withReasons } from './reasons.ts'
import { withRepairedNames } from './repaired-names.ts'
import { withRepairedSizes } from './repaired-sizes.ts'
import type { ProfileOptions } from './sandbox/profile.ts'
import type { Sandbox } from './sandbox.ts'
import { openSlots, type Slots } from './slots.ts'
import { withSplit } from './split-pdf.ts'
import { withStandardFixes } from './standard-fixes.ts'
import { withStandards } from './standards.ts'
import { withStillPictures } from './still-pictures.ts'
import { withTables } from './tables.ts'
import { withTiffPages } from './tiff-pages.ts'
import { withTimeLimit } from './time-limit.ts'
import { withTurnedPictures } from './turned-pictures.ts'
import { withUnstyledLinks } from './unstyled-links.ts'
import type { ConversionLimits } from './watchdog.ts'
import { withWebArchives } from './web-archives.ts'

const PROFILE: ProfileOptions = { commentsInMargin: true }

/** The part of the configuration that engines use. */
export type EngineConfig = Pick<
  Config,
  | 'engine'
  | 'slots'
  | 'engineReuse'
  | 'engineMaxDocs'
  | 'engineMaxRssBytes'
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
}

/** An engine that has not been started, and its slots. */
export interface EngineWithSlots {
  engine: Engine
  slots: Slots
}

/** Creates the engine that the configuration names. @throws AppError `sandbox_unavailable`, `engine_crashed` */
export async function engineFor(config: EngineConfig, context: EngineContext): Promise<EngineWithSlots> {
  const limits = limitsOf(config)
  switch (config.engine) {
    case 'warm': {
      const filled = await filledHome(context)
      await hideColourFonts({ ...context, ...filled })
      const pool = warmPool(config, { ...context, ...filled })
      return { engine: withLayers(pool, config, context), slots: pool.slots }
    }
    case 'spawn': {
      const slots = await openSlots(context.scratchDir, config.slots, context.sandbox)
      const name = await officeName(context)
      await hideColourFonts({ ...context, name })
      const engine = spawnEngine({ ...context, name, slots, limits })
      return { engine: withLayers(engine, config, context), slots }
    }
  }
}

/** Wraps the engine with what LibreOffice lacks; each wrapper surrounds those before it. */
function withLayers(engine: Engine, config: EngineConfig, { sandbox }: EngineContext): Engine {
  const options = { limits: limitsOf(config), sandbox }
  const layers: ((inner: Engine) => Engine)[] = [
    withStandardFixes,
    withTables,
    withCharsets,
    withHtmlTables,
    withWebArchives,
    withPackageCopies,
    withOldFields,
    withUnstyledLinks,
    withStillPictures,
    inner => withPageOrder(inner, options),
    inner => withEmptyPages(inner, options),
    inner => withTiffPages(inner, options),
    inner => withTurnedPictures(inner, options),
    inner => withPages(inner, options),
    inner => withPdfSources(inner, options),
    withRepairedNames,
    withRepairedSizes,
    withReasons,
    inner => withMerge(inner, options),
    inner => withSplit(inner, options),
    inner => withLocks(inner, options),
    inner => withStandards(inner, options),
    inner => withTimeLimit(inner, config.timeLimitMs),
  ]
  return layers.reduce((inner, context) => context(inner), engine)
}

function warmPool(config: EngineConfig, { home, ...context }: EngineContext & FilledHome): Pool {
  const { memoryLimitBytes, resultLimitBytes } = config
  return new Pool({
    ...context,
    slots: config.slots,
    makeProcess: warmProcesses({ sandbox: context.sandbox, home, memoryLimitBytes, resultLimitBytes }),
    recycling: {
      reuse: config.engineReuse,
      maxDocuments: config.engineMaxDocs,
      maxRssBytes: config.engineMaxRssBytes,
    },
    limits: limitsOf(config),
  })
}

function limitsOf(config: EngineConfig): ConversionLimits {
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
