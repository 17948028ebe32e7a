import { readFileSync } from 'node:fs'
import { runProgram } from './programs.ts'

/** The user that a program runs as; empty: the current one. */
export interface RunAs {
  uid?: number
  gid?: number
}

/** A different user than the sandbox's: a process that escapes the sandbox must not own the database. */
const NAME = 'nightshift-db'

/**
 * The user for PostgreSQL, which refuses to run as root; root creates a system user for it.
 * @throws AppError `step_failed` where no user can be created
 */
export async function databaseUser(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {}
  const known = findUser()
  if (known) return known
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent']
  await runProgram('useradd', [...options, '--shell', '/usr/sbin/nologin', NAME])
  return findUser() ?? {}
}

function findUser(): RunAs | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(entry => entry.startsWith(`${NAME}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}
