/**
 * Runs schedules of claims, leases, cancels, crashes and duplicates over the jobs in memory: none may be lost or done
 * twice. Options: `--runs N` (100,000), `--seed N` (another one each time).
 */
import { parseArgs } from 'node:util'
import { runSchedules } from '#test/schedules.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const runs = Number(values.runs)
const seed = Number(values.seed)
console.log(`${runs} schedules by seed ${seed}`)
await runSchedules({ runs, seed })
console.log('no job was lost, and none was done twice')
