import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Check } from '../vocabulary/check.ts'

/** With so many bytes beside the reserve the disk is nearly full. */
const LOW_BYTES = 2_000_000_000

/** The space under a folder; before the first start the disk is that of the nearest folder which is there. */
export async function diskCheck(folder: string, reserveBytes: number): Promise<Check> {
  let there = folder
  while (!existsSync(there)) there = dirname(there)
  const { bavail, bsize } = await statfs(there)
  const free = bavail * bsize
  const state = free <= reserveBytes ? 'failed' : free < reserveBytes + LOW_BYTES ? 'warning' : 'ok'
  const refused = state === 'failed' ? '; files are refused, because DISK_RESERVE_MB is left free' : ''
  return {
    id: 'disk',
    state,
    what: 'Disk',
    found: `${(free / 1e9).toFixed(1)}\u00a0GB free under ${folder}${refused}`,
    mend:
      state === 'ok'
        ? null
        : `du -xh ${there} | sort -h | tail   (shows what takes the space; RETENTION_HOURS says how long files stay)`,
  }
}
