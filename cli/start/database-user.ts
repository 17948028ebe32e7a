import { readFileSync } from 'node:fs'
import { runProgram } from './programs.ts'

/** Whom a program runs as; empty: as ourselves. */
export interface RunAs {
  uid?: number
  gid?: number
}

/** Not the sandbox's user: what breaks out of there must not own the database. */
const NAME = 'nightshift-db'

/**
 * PostgreSQL refuses to run as root, so root gives it a system user of its own.
 * @throws AppError `step_failed` where no user can be made
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
