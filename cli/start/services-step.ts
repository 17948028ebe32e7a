import type { Config } from '#lib/config.ts'
import type { Logger } from '#lib/log.ts'
import { type Adapter, ensureAdapterPackages } from './adapter-packages.ts'
import type { LaunchContext } from './launch-context.ts'

/**
 * Brings the packages for what is neither in PostgreSQL nor on this disk, and opens each once, so that a refusal stops
 * the start. A service that does not answer is no reason to wait: jobs are accepted as soon as it does.
 * @throws AppError `no_packages`; ConfigError where a service refuses this configuration
 */
export async function ensureServices(
  { config, steps }: Pick<LaunchContext, 'config' | 'steps'>,
  signal: AbortSignal,
): Promise<void> {
  for (const adapter of adaptersFor(config)) await ensureAdapterPackages(steps, adapter, { signal })
  if (config.storage.kind === 's3') await steps.run('Files', () => tryFiles(config))
  if (config.queue !== 'postgres') await steps.run('Queue', () => tryQueue(config))
  if (config.events !== 'postgres') await steps.run('Events', () => tryBus(config))
  if (config.jobs !== 'postgres') await steps.run('Jobs', () => tryStore(config))
}

/** The adapters that these settings choose. */
export function adaptersFor({ tracing, ...config }: Config): Adapter[] {
  return [...serviceAdapters(config), ...(tracing ? (['traces'] as const) : [])]
}

/** Those with which no bundle is run, because their packages are beside their sources. */
export function serviceAdapters({
  storage,
  jobs,
  queue,
  events,
}: Pick<Config, 'storage' | 'jobs' | 'queue' | 'events'>): Adapter[] {
  const isOnAws = storage.kind === 's3' || jobs === 'dynamodb' || queue === 'sqs' || events === 'sns'
  const broker = queue === 'rabbitmq' || queue === 'azure' ? [queue] : []
  return [...broker, ...(isOnAws ? (['aws'] as const) : [])]
}

async function silent(config: Config): Promise<Logger> {
  const { openLog } = await import('#lib/log.ts')
  return openLog('start', { ...config.log, level: 'silent' })
}

async function tryFiles(config: Config): Promise<string> {
  const { openFiles } = await import('#lib/backend/files.ts')
  const { storage } = await openFiles(config, await silent(config))
  const where = config.storage.kind === 's3' ? config.storage.bucket : config.storage.folder
  return answers(`bucket ${where}`, () => storage.size('jobs/none/source'))
}

async function tryQueue(config: Config): Promise<string> {
  const { openQueueElsewhere } = await import('#lib/backend/queue-elsewhere.ts')
  const elsewhere = await openQueueElsewhere(config, await silent(config))
  const queue = elsewhere?.queue
  return answers(config.queue, () => queue?.depth('convert')).finally(() => queue?.close())
}

async function tryBus(config: Config): Promise<string> {
  const { openBusElsewhere } = await import('#lib/backend/bus-elsewhere.ts')
  const bus = await openBusElsewhere(config, await silent(config))
  await bus?.close()
  return config.events
}

async function tryStore(config: Config): Promise<string> {
  const { openJobs } = await import('#lib/backend/chosen-jobs.ts')
  const { jobs, close } = await openJobs(config, await silent(config))
  return answers(config.jobs, () => jobs.stats()).finally(close)
}

async function answers(name: string, ask: () => unknown): Promise<string> {
  try {
    await ask()
    return `${name} answers`
  } catch {
    return `${name} does not answer: jobs wait until it does`
  }
}
