/**
 * Taking files in, measured: forms and resumable uploads against a bare server that hashes, writes and syncs, in turns
 * of one run, so that the machine's mood cancels out. What counts are the ratios.
 *
 *   --mb N       size of the large file (1000)
 *   --rounds N   turns each (5)
 *   --small N    how many small files (1000)
 */

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { deck, writeBigDeck } from '#test/documents/deck.ts'
import { openDoors } from './intake/doors.ts'
import {
  bareSender,
  fileLoad,
  formSender,
  type Load,
  memoryLoad,
  type Send,
  tusSender,
} from './intake/senders.ts'

const { values: flags } = parseArgs({
  options: {
    mb: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    small: { type: 'string', default: '1000' },
  },
})
const MB = 1_000_000
const SMALL_BYTES = 40_000
const SIDE_BY_SIDE = 8
const rounds = Number(flags.rounds)
const doors = await openDoors()
const contestants: [name: string, send: Send][] = [
  ['bare http, hash, fsync', bareSender(doors.bareUrl)],
  ['form', formSender(doors.webUrl)],
  ['tus, parts of 8 MB', tusSender(doors.webUrl)],
  ['tus, one part', tusSender(doors.webUrl, Number.POSITIVE_INFINITY)],
]

try {
  await memory()
  await large()
  await small()
} finally {
  await doors.close()
}

async function large(): Promise<void> {
  const load = await bigFile(Number(flags.mb) * MB)
  console.log(`one file of ${flags.mb} MB`)
  await duel(contestants.map(([name, send]) => [name, () => send(load), `MB/s`, load.bytes / MB]))
}

async function small(): Promise<void> {
  const count = Number(flags.small)
  const load = memoryLoad(await smallDeck())
  console.log(`${count} files of ${(load.bytes / 1000).toFixed(0)} KB, ${SIDE_BY_SIDE} side by side`)
  await duel(
    contestants.slice(0, 3).map(([name, send]) => [name, () => many(count, send, load), 'files/s', count]),
  )
}

/** Every contestant in turn; the first is the measure, and the first round does not count. */
async function duel(
  all: [name: string, action: () => Promise<void>, unit: string, amount: number][],
): Promise<void> {
  const times = all.map(() => [] as number[])
  for (let round = 0; round <= rounds; round++)
    for (const [index, [, action]] of all.entries()) {
      const begun = performance.now()
      await action()
      if (round > 0) times[index]?.push((performance.now() - begun) / 1000)
      await doors.clear()
    }
  for (const [index, [name, , unit, amount]] of all.entries()) {
    const [own = [], bare = []] = [times[index], times[0]]
    const ratio = median(own.map((seconds, round) => (bare[round] ?? Number.NaN) / seconds))
    const rate = (amount / median(own)).toFixed(0)
    console.log(`  ${name.padEnd(24)} ${rate.padStart(6)} ${unit}   ${ratio.toFixed(2)} of bare`)
  }
}

async function many(count: number, send: Send, load: Load): Promise<void> {
  let left = count
  const lane = async () => {
    while (left-- > 0) await send(load)
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane))
}

async function memory(): Promise<void> {
  console.log('peak memory of the web process')
  for (const [name, send] of contestants.slice(1, 3)) {
    const peaks: number[] = []
    for (const mb of [64, 64, 2000]) {
      const load = await bigFile(mb * MB)
      peaks.push((await doors.peakDuring(() => send(load))) / MB)
      await doors.clear()
    }
    const [, normal = 0, huge = 0] = peaks
    console.log(
      `  ${name.padEnd(24)} 64 MB: ${normal.toFixed(0)} MB, 2 GB: ${huge.toFixed(0)} MB, grows by ${(huge - normal).toFixed(0)} MB`,
    )
  }
}

async function bigFile(bytes: number): Promise<Load> {
  const path = join(doors.folder, 'big.pptx')
  await writeBigDeck(path, bytes)
  return fileLoad(path, (await stat(path)).size)
}

async function smallDeck(): Promise<Buffer> {
  for (let slides = 1; ; slides++) {
    const bytes = await deck({ slides })
    if (bytes.length >= SMALL_BYTES) return bytes
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
