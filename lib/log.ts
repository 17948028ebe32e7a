import { type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

export type { Logger } from 'pino'

/** Opens the log of one process. `pretty` is for a terminal, `json` for log collectors. */
export function openLog(name: string, options: { level: string; format: 'pretty' | 'json' }): Logger {
  if (options.format === 'json') return pino({ name, level: options.level })
  // In the same thread: a worker thread would lose the last lines when a process dies.
  const stream = pretty({
    sync: true,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss.l',
    colorize: process.stdout.isTTY,
  })
  return pino({ name, level: options.level }, stream)
}
