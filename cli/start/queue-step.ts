import { openLog } from '#lib/log.ts'
import type { LaunchContext } from './launch-context.ts'

/**
 * Opens the queue of QUEUE once where it is not in PostgreSQL. One that does not answer is no reason to wait: jobs are
 * accepted meanwhile.
 * @throws ConfigError where it refuses this configuration
 */
export async function checkQueue({ config, steps }: Pick<LaunchContext, 'config' | 'steps'>): Promise<void> {
  if (config.queue === 'postgres') return
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
