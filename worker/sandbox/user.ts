import { lchown, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The user that owns a slot's files and runs the sandboxed processes. */
export interface User {
  uid: number
  gid: number
}

/**
 * Used where there is no user `nightshift`. The number is in a range that neither people (to 59,999) nor Debian's and
 * systemd's own users (60,000 to 60,577 and from 61,184) ever get, and below 65,536, the limit of some containers.
 */
const NOBODYS: User = { uid: 60_877, gid: 60_877 }

/** The user that root switches to before anything runs in the sandbox; undefined when the worker has no such rights. */
export async function sandboxUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, , uid, gid] = /^nightshift:.*$/m.exec(accounts)?.[0].split(':') ?? []
  return Number(uid) > 0 && Number(gid) > 0 ? { uid: Number(uid), gid: Number(gid) } : NOBODYS
}

/** Gives a folder and its content to `user`. */
export async function giveTo(user: User, folder: string): Promise<void> {
  await lchown(folder, user.uid, user.gid)
  for (const entry of await readdir(folder, { recursive: true }))
    await lchown(join(folder, entry), user.uid, user.gid)
}
