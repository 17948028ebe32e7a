import { lchownSync, lstatSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
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

/** The numbers after it, one for each slot, in the same range. */
const SLOT_USERS = { first: NOBODYS.uid + 1, count: 300 }

/** The user that root switches to before anything runs in the sandbox; undefined when the worker has no such rights. */
export async function sandboxUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, , uid, gid] = /^nightshift:.*$/m.exec(accounts)?.[0].split(':') ?? []
  return Number(uid) > 0 && Number(gid) > 0 ? { uid: Number(uid), gid: Number(gid) } : NOBODYS
}

let given = process.pid

/**
 * A user for a new slot, which no other slot of this worker has; the same one for all where the machine has an account
 * for it.
 */
export function nextSlotUser(user: User): User {
  if (user.uid !== NOBODYS.uid) return user
  const uid = SLOT_USERS.first + (given++ % SLOT_USERS.count)
  return { uid, gid: uid }
}

/** The user that `nextSlotUser` chose for the slot; undefined for another owner. It is synchronous, as starting is. */
export function slotUserOf(folder: string): User | undefined {
  const uid = lstatSync(folder, { throwIfNoEntry: false })?.uid ?? 0
  const isOurs = uid >= SLOT_USERS.first && uid < SLOT_USERS.first + SLOT_USERS.count
  return isOurs ? { uid, gid: uid } : undefined
}

/** Gives a folder and its content to `user`. It awaits nothing for each file, which would take ten times as long. */
export async function giveTo(user: User, folder: string): Promise<void> {
  lchownSync(folder, user.uid, user.gid)
  for (const entry of await readdir(folder, { recursive: true }))
    lchownSync(join(folder, entry), user.uid, user.gid)
}
