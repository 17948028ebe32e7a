import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openS3Client } from '#lib/aws/s3-client.ts'
import { Radosgw } from '#test/radosgw.ts'
import { type WayName, type WaySettings, writtenKey } from './storage/ways.ts'

const MB = 1_000_000
/** In all turns. */
const BYTES = 1000 * MB
const TURNS = 4
/** How much of the speed of the SDK alone is wanted, and how much more memory is accepted. */
const LEAST_SHARE = 0.9
const MOST_GROWN_MB = 40

const SIDE = join(import.meta.dirname, 'storage', 'side.ts')
const run = promisify(execFile)

interface Measured {
  ms: number
  grownBytes: number
}

/** One file to and from S3 and through the spool beside the SDK alone, in turns, each in a process of its own. */
export async function measureStorage(): Promise<boolean> {
  const pairs: [ours: WayName, bare: WayName][] = [
    ['storageWrite', 'bareWrite'],
    ['storageRead', 'bareRead'],
    ['spoolAppend', 'bareWrite'],
  ]
  const results: boolean[] = []
  for (const [ours, bare] of pairs) results.push(await compare(ours, bare))
  return results.every(Boolean)
}

/** On a server of its own, because it keeps everything in memory and frees it late. */
async function compare(ours: WayName, bare: WayName): Promise<boolean> {
  const server = await Radosgw.open()
  const { endpoint, region, credentials } = server
  const at = { bucket: await server.makeBucket(), endpoint, region, credentials, bytes: BYTES / TURNS }
  const sides: Record<string, Measured> = {}
  for (let turn = 0; turn < TURNS; turn++)
    for (const way of turn % 2 ? [ours, bare] : [bare, ours]) add(sides, await runTurn(way, at))
  await server.close()
  const [mine, theirs] = [sides[ours], sides[bare]]
  if (!mine || !theirs) return false
  const share = theirs.ms / mine.ms
  const moreMb = (mine.grownBytes - theirs.grownBytes) / MB
  console.log(
    `${ours}: ${speedOf(mine)}; the SDK alone ${speedOf(theirs)}; ${share.toFixed(2)} of its speed, ${moreMb.toFixed(0)} MB more memory${finishText(sides)}`,
  )
  return share >= LEAST_SHARE && moreMb <= MOST_GROWN_MB
}

/** Reads what was written for it before; deletes what it wrote or read. */
async function runTurn(
  way: WayName,
  at: Omit<WaySettings, 'key'>,
): Promise<Partial<Record<WayName, Measured>>> {
  const key = `${way}-${Date.now()}`
  const isRead = way.endsWith('Read')
  if (isRead) await runSide('bareWrite', { ...at, key })
  const measured = { [way]: await runSide(way, { ...at, key }) }
  const finished = way === 'spoolAppend' ? { spoolFinish: await runSide('spoolFinish', { ...at, key }) } : {}
  const s3 = await openS3Client(at)
  for (const each of [key, `${key}-warm-up`])
    await s3.deleteObject({ Bucket: at.bucket, Key: writtenKey(way, each) })
  s3.destroy()
  return { ...measured, ...finished }
}

async function runSide(way: WayName, settings: WaySettings): Promise<Measured> {
  const { stdout } = await run(process.execPath, [SIDE, way, JSON.stringify(settings)])
  return JSON.parse(stdout)
}

function add(sides: Record<string, Measured>, turn: Partial<Record<WayName, Measured>>): void {
  for (const [way, { ms, grownBytes }] of Object.entries(turn)) {
    const before = sides[way] ?? { ms: 0, grownBytes: 0 }
    sides[way] = { ms: before.ms + ms, grownBytes: Math.max(before.grownBytes, grownBytes) }
  }
}

const speedOf = ({ ms }: Measured) => `${(BYTES / MB / (ms / 1000)).toFixed(0)} MB/s`

function finishText({ spoolFinish }: Record<string, Measured>): string {
  return spoolFinish ? `; finishing takes ${(spoolFinish.ms / 1000).toFixed(1)} s for ${BYTES / MB} MB` : ''
}
