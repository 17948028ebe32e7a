import { hostname } from 'node:os'
import { join } from 'node:path'
import { type Logger, multistream, pino } from 'pino'
import pretty from 'pino-pretty'
import { errorForLog } from './log/error-for-log.ts'
import { RotatedFile } from './log/rotated-file.ts'

export type { Logger } from 'pino'

export interface LogOptions {
  level: string
  /** `pretty` is for people, `json` for log collectors; unset: `pretty` in a terminal, `json` elsewhere. */
  format?: 'pretty' | 'json' | undefined
}

/** Where the log is kept beside standard output: in files of `folder` named after the process. */
export interface LogFiles {
  folder: string
  /** A file that reaches so many bytes is renamed, and the one that was renamed before it is deleted; 0: no files. */
  fileBytes: number
}

/**
 * Opens the log of one process. All lines are written in its own thread: a worker thread would lose the last ones when
 * the process dies.
 */
export function openLog(name: string, { level, format }: LogOptions, files?: LogFiles): Logger {
  const isDetailed = level === 'debug' || level === 'trace'
  // Names of files may stand in lines of such a log; a support bundle leaves those out.
  const base = { pid: process.pid, hostname: hostname(), ...(isDetailed && { detailed: true }) }
  const options = { name, level, base, serializers: { err: errorForLog } }
  if (level === 'silent') return pino(options)
  const output =
    (format ?? (process.stdout.isTTY ? 'pretty' : 'json')) === 'json' ? jsonOutput() : prettyOutput()
  if (!files || files.fileBytes === 0) return pino(options, output)
  const file = new RotatedFile(join(files.folder, `${name}.log`), files.fileBytes)
  const lowest = level as pino.Level
  return pino(
    options,
    multistream([
      { level: lowest, stream: output },
      { level: lowest, stream: file },
    ]),
  )
}

const jsonOutput = () => pino.destination({ fd: 1, sync: true })

function prettyOutput() {
  return pretty({
    sync: true,
    ignore: 'pid,hostname,detailed',
    translateTime: 'SYS:HH:MM:ss.l',
    colorize: process.stdout.isTTY,
  })
}
