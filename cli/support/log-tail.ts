import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'

/** pino's number of the lowest level that may be given away: below it lines have names of files. */
const INFO = 30
/** May hold what a person wrote, or who that is. */
const WITHHELD = ['path', 'address', 'message']

/** The end of a file of the log, as lines of JSON that may be given away; empty where there is none. */
export function logTail(path: string, mostBytes: number): string {
  if (!existsSync(path)) return ''
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const buffer = Buffer.alloc(Math.min(size, mostBytes))
    readSync(file, buffer, 0, buffer.length, size - buffer.length)
    const lines = buffer.toString('utf8').split('\n')
    return lines.flatMap(line => withoutNames(line) ?? []).join('\n')
  } finally {
    closeSync(file)
  }
}

/** Undefined for what is no whole line, and for details. */
function withoutNames(line: string): string | undefined {
  let fields: Record<string, unknown>
  try {
    fields = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof fields !== 'object' || !(Number(fields.level) >= INFO)) return undefined
  for (const name of WITHHELD) delete fields[name]
  // Errors of a process that logs details name files.
  if (fields.detailed && fields.err !== null && typeof fields.err === 'object')
    fields.err = kindOf(fields.err as Record<string, unknown>)
  return JSON.stringify(fields)
}

const kindOf = ({ type, code }: Record<string, unknown>) => ({ type, code })
