import { spawn } from 'node:child_process'
import { environmentWith } from '#lib/config.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

export interface RunOptions {
  /** Beside this process's own environment. */
  env?: Record<string, string>
  cwd?: string
  uid?: number
  gid?: number
  signal?: AbortSignal | undefined
  /** Written to its standard input. */
  input?: string
  /** What a person should read as its name, when it is not the file's. */
  name?: string
}

/**
 * Runs a program to its end and gives what it wrote.
 * @throws AppError `step_failed` with its last words when it ends otherwise than with 0
 */
export async function runProgram(file: string, args: string[], options: RunOptions = {}): Promise<string> {
  const { env = {}, input, signal, name = file, ...rest } = options
  signal?.throwIfAborted()
  // In a group of its own: what it starts itself ends with it.
  const group = { detached: true, stdio: 'pipe' as const }
  const child = spawn(file, args, { ...rest, ...group, env: environmentWith(env) })
  const end = () => endGroupOf(child.pid)
  signal?.addEventListener('abort', end)
  let command = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      command = (command + text).slice(-100_000)
    })
  }
  child.stdin.on('error', () => {}) // it may end without reading
  child.stdin.end(input)
  const code = await new Promise<number | string | null>(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('close', (exitCode, killedBy) => resolve(exitCode ?? killedBy))
  })
  signal?.removeEventListener('abort', end)
  signal?.throwIfAborted()
  if (code === 0) return command
  throw new AppError('step_failed', {
    details: { program: name, code: code ?? 'unknown', words: lastLines(command, 60) },
  })
}

function endGroupOf(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM')
  } catch {
    // It has just ended by itself.
  }
}

/** The last `count` lines that say something. */
export function lastLines(text: string, count: number): string {
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(-count)
    .join('\n    ')
}
