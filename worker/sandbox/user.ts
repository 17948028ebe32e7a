import { lchown, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Who owns a slot's files and runs what is in the sandbox. */
export interface User {
  uid: number
  gid: number
}

/**
 * Used where nobody made a user `nightshift`. It lies in the one range that neither people (to 59,999), nor Debian's
 * and systemd's own users (60,000 to 60,577 and from 61,184) ever get, and below 65,536, which is all that a
 * container may have.
 */
const NOBODYS: User = { uid: 60_877, gid: 60_877 }

/** Whom root becomes before anything runs in the sandbox; undefined when the worker has no such rights to give up. */
export async function sandboxUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, , uid, gid] = /^nightshift:.*$/m.exec(accounts)?.[0].split(':') ?? []
  return Number(uid) > 0 && Number(gid) > 0 ? { uid: Number(uid), gid: Number(gid) } : NOBODYS
}

/** Makes `user` own a folder with all that lies in it. */
export async function giveTo(user: User, folder: string): Promise<void> {
  await lchown(folder, user.uid, user.gid)
  for (const entry of await readdir(folder, { recursive: true }))
    await lchown(join(folder, entry), user.uid, user.gid)
}
