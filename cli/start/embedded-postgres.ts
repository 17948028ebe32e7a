import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '#lib/vocabulary/errors.ts'
import { type DatabasePrograms, databasePrograms, databaseVersion } from './database-programs.ts'
import { databaseUser, type RunAs } from './database-user.ts'
import { freePort } from './port.ts'
import { commandLineOf, endGroup, identify } from './process-groups.ts'
import { lastLines, runProgram } from './programs.ts'

/** Crash recovery of a large database takes time. In milliseconds. */
const START_LIMIT_MS = 120_000
const LOG_LIMIT_BYTES = 10_000_000
const USER = 'nightshift'

/** PostgreSQL's `fast` shutdown: it ends sessions and then itself, and needs no recovery at the next start. */
export const FAST_STOP = 'SIGINT'

export interface EmbeddedPostgresOptions {
  /** A folder that PostgreSQL's user can enter; the data are in `database` below it. */
  folder: string
  log: string
  password: string
  /** The port that it leaves to the web process. */
  webPort?: number
  /** Further settings as `name=value`. */
  settings?: readonly string[]
}

export interface EmbeddedPostgres {
  url: string
  port: number
  version: string
  /** Starts the server as leader of a new process group. */
  spawn(): ChildProcess
  /** Waits until `child` accepts connections. @throws AppError `step_failed` with the log's last lines */
  ready(child: ChildProcess): Promise<void>
}

/** Creates the data folder if it is missing, stops a server that was left running, and picks a free port. */
export async function preparePostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const runAs = await databaseUser()
  const programs = databasePrograms(options.folder)
  const data = join(options.folder, 'database')
  if (!existsSync(data)) await initialise(data, { programs, runAs, password: options.password })
  await endStaleServer(data)
  const port = await freePort(options.webPort)
  const args = ['-D', data, ...settingsFor(port, options.settings ?? []).flatMap(setting => ['-c', setting])]
  return {
    url: `postgresql://${USER}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`,
    port,
    version: databaseVersion(),
    spawn: () => spawnServer(programs.postgres, args, { runAs, log: options.log }),
    ready: child => untilReady(child, data, options.log),
  }
}

function settingsFor(port: number, more: readonly string[]): string[] {
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=100',
    'shared_buffers=64MB',
    'timezone=UTC',
    'log_timezone=UTC',
    ...more,
  ]
}

/** Created in a temporary place and moved when complete, so that an interrupted start leaves nothing unfinished. */
async function initialise(
  data: string,
  { programs, runAs, password }: { programs: DatabasePrograms; runAs: RunAs; password: string },
): Promise<void> {
  const draft = `${data}.new`
  const passwordFile = `${data}.password`
  rmSync(draft, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  try {
    mkdirSync(draft, { mode: 0o700 })
    writeFileSync(passwordFile, password, { mode: 0o600 })
    for (const path of [draft, passwordFile]) giveTo(path, runAs)
    const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8']
    const access = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
    await runProgram(programs.initdb, [`--pgdata=${draft}`, ...access, ...locale], { ...runAs, cwd: '/' })
    renameSync(draft, data)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function giveTo(path: string, { uid, gid }: RunAs): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
}

function spawnServer(program: string, args: string[], { runAs, log }: { runAs: RunAs; log: string }) {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0
  const output = openSync(log, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600)
  chmodSync(log, 0o600)
  try {
    // Without our environment, because it contains secrets.
    return spawn(program, args, {
      ...runAs,
      cwd: '/',
      detached: true,
      env: {} as NodeJS.ProcessEnv,
      stdio: ['ignore', output, output],
    })
  } finally {
    closeSync(output)
  }
}

/** The server writes into its pid file when it is ready. */
async function untilReady(child: ChildProcess, data: string, log: string): Promise<void> {
  for (const end = Date.now() + START_LIMIT_MS; Date.now() < end; await wait(20)) {
    const lines = pidFileOf(data)
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return
    if (child.exitCode !== null || child.signalCode !== null) break
  }
  const args = lastLines(readFileSync(log, 'utf8'), 5)
  throw new AppError('step_failed', {
    details: { program: 'postgres', code: child.exitCode ?? 'none', words: args },
  })
}

/** Stops the server that a killed launcher left running on this data folder, and only that one. */
export async function endStaleServer(data: string): Promise<void> {
  const pid = Number(pidFileOf(data)[0])
  if (!(pid > 0)) return
  const server = identify(pid)
  if (server && commandLineOf(pid).includes(data)) await endGroup(server, FAST_STOP, 20_000)
  // A pid that another program has now would keep PostgreSQL from starting.
  else rmSync(join(data, 'postmaster.pid'), { force: true })
}

function pidFileOf(data: string): string[] {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}
