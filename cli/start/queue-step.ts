import { openLog } from '#lib/log.ts'
import { ensureAdapterPackages } from './adapter-packages.ts'
import type { LaunchContext } from './launch-context.ts'

/**
 * Brings the packages for the queue of QUEUE where it is not in PostgreSQL, and opens it once. One that does not answer
 * is no reason to wait: jobs are accepted meanwhile.
 * @throws AppError `no_packages`; ConfigError where it refuses this configuration
 */
export async function ensureQueue(
  { config, steps }: Pick<LaunchContext, 'config' | 'steps'>,
  signal: AbortSignal,
): Promise<void> {
  if (config.queue === 'postgres') return
  await ensureAdapterPackages(steps, config.queue, { signal })
  await steps.run('Queue', async () => {
    const { openQueueElsewhere } = await import('#lib/backend/queue-elsewhere.ts')
    const queue = await openQueueElsewhere(config, openLog('start', { ...config.log, level: 'silent' }))
    try {
      await queue?.depth('convert')
      return `${config.queue} answers`
    } catch {
      return `${config.queue} does not answer: jobs wait until it does`
    } finally {
      await queue?.close()
    }
  })
}
