/**
 * Taking files in, measured: forms and resumable uploads against a bare server that hashes, writes and syncs, in turns
 * of one run, so that the machine's mood cancels out. What counts are the ratios.
 *
 *   --mb N       size of the large file (1000)
 *   --rounds N   turns each (5)
 *   --small N    how many small files (1000)
 *   --only PART  memory, large, taken or promised; all by default
 */

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { deck, writeBigDeck } from '#test/documents/deck.ts'
import { openEndpoints } from './intake/endpoints.ts'
import {
  bareSender,
  fileLoad,
  formSender,
  memoryLoad,
  type Send,
  type SenderLoad,
  tusBytesSender,
  tusSender,
  tusSmallSender,
} from './intake/senders.ts'

const { values: flags } = parseArgs({
  options: {
    mb: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    small: { type: 'string', default: '1000' },
    only: { type: 'string' },
  },
})
type Contestant = [name: string, send: Send]

const MB = 1_000_000
const SMALL_BYTES = 40_000
const SIDE_BY_SIDE = 8
const rounds = Number(flags.rounds)
const endpoints = await openEndpoints()
const bare: Contestant = ['bare http, hash, fsync', bareSender(endpoints.bareUrl)]
const form: Contestant = ['form', formSender(endpoints.webUrl)]
const tus: Contestant = ['tus, parts of 8 MB', tusSender(endpoints.webUrl)]
const parts = { memory, large, taken, promised }

try {
  for (const [name, run] of Object.entries(parts)) if ([undefined, name].includes(flags.only)) await run()
} finally {
  await endpoints.close()
}

async function large(): Promise<void> {
  const load = await bigFile(Number(flags.mb) * MB)
  console.log(`one file of ${flags.mb} MB, until its job is accepted`)
  const onePart: Contestant = ['tus, one part', tusSender(endpoints.webUrl, Number.POSITIVE_INFINITY)]
  await duel(
    [bare, form, tus, onePart].map(([name, send]) => [name, () => send(load), `MB/s`, load.bytes / MB]),
  )
}

/** The bytes alone: tus promises no more until they become a job, so it has not waited for the disk as bare has. */
async function taken(): Promise<void> {
  await small('until the bytes are taken', [
    bare,
    ['tus, opened with bytes', tusBytesSender(endpoints.webUrl)],
  ])
}

/** Up to the 202, which stands for a file on the disk and a row in the database. */
async function promised(): Promise<void> {
  await small('until the job is accepted', [
    ['bare, and one INSERT', bareSender(`${endpoints.bareUrl}/row`)],
    form,
    ['tus, opened with bytes', tusSmallSender(endpoints.webUrl)],
  ])
}

async function small(until: string, contestants: Contestant[]): Promise<void> {
  const count = Number(flags.small)
  const load = memoryLoad(await smallDeck())
  console.log(
    `${count} files of ${(load.bytes / 1000).toFixed(0)} KB, ${SIDE_BY_SIDE} side by side, ${until}`,
  )
  await duel(contestants.map(([name, send]) => [name, () => many(count, send, load), 'files/s', count]))
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
      await endpoints.clear()
    }
  for (const [index, [name, , unit, amount]] of all.entries()) {
    const [own = [], least = []] = [times[index], times[0]]
    const ratio = median(own.map((seconds, round) => (least[round] ?? Number.NaN) / seconds))
    const rate = (amount / median(own)).toFixed(0)
    console.log(`  ${name.padEnd(24)} ${rate.padStart(6)} ${unit}   ${ratio.toFixed(2)} of bare`)
  }
}

async function many(count: number, send: Send, load: SenderLoad): Promise<void> {
  let left = count
  const lane = async () => {
    while (left-- > 0) await send(load)
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane))
}

async function memory(): Promise<void> {
  console.log('peak memory of the web process')
  for (const [name, send] of [form, tus]) {
    const peaks: number[] = []
    for (const mb of [64, 64, 2000]) {
      const load = await bigFile(mb * MB)
      peaks.push((await endpoints.peakDuring(() => send(load))) / MB)
      await endpoints.clear()
    }
    const [, normal = 0, huge = 0] = peaks
    console.log(
      `  ${name.padEnd(24)} 64 MB: ${normal.toFixed(0)} MB, 2 GB: ${huge.toFixed(0)} MB, grows by ${(huge - normal).toFixed(0)} MB`,
    )
  }
}

async function bigFile(bytes: number): Promise<SenderLoad> {
  const path = join(endpoints.folder, 'big.pptx')
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
