/**
 * The way of a file, measured: each row is a ratio within this run, beside what was promised of it. All contestants of
 * a row take turns, so that the machine's mood cancels out.
 *
 *   --rounds N       turns each (5)
 *   --only NAMES     of progress, convert, uploads, queue, slots, long, large, rate; with commas between them; all by default
 *   --against DIR    the root of another clone, beside which convert and uploads are measured
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { convertRow } from './speed/convert-row.ts'
import { largeRow } from './speed/large-row.ts'
import { longRow } from './speed/long-row.ts'
import { progressRow } from './speed/progress-row.ts'
import { queueRow } from './speed/queue-row.ts'
import { rateRow } from './speed/rate-row.ts'
import { isKept, printRow } from './speed/row.ts'
import { slotsRow } from './speed/slots-row.ts'
import { uploadsRow } from './speed/uploads-row.ts'

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    against: { type: 'string' },
  },
})
const rows = {
  progress: progressRow,
  convert: convertRow,
  uploads: uploadsRow,
  queue: queueRow,
  slots: slotsRow,
  long: longRow,
  large: largeRow,
  rate: rateRow,
}
const only = flags.only?.split(',') ?? Object.keys(rows)
const unknown = only.filter(name => !(name in rows))
if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}`)

let areKept = true
for (const [name, measure] of Object.entries(rows)) {
  if (!only.includes(name)) continue
  const before = load()
  for (const row of await measure({ rounds: Number(flags.rounds), against: flags.against })) {
    printRow(row)
    areKept &&= isKept(row)
  }
  console.log(`    load of the machine ${before} before, ${load()} after\n`)
}
process.exit(areKept ? 0 : 1)

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1)
}
