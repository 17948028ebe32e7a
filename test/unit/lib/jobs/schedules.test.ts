import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JobTable, JobTableEntry } from '#lib/jobs/stores/memory-store/job-table.ts'
import type { JobWriteName } from '#lib/vocabulary/job-life.ts'
import { runFairness } from '#test/schedules/fairness.ts'
import type { Simulation } from '#test/schedules/simulation.ts'
import { runSchedules } from '#test/schedules.ts'

const SEED = 20_261_128

/** A defect that follows every write of this name. */
function afterWrite(broken: JobWriteName, change: (entry: JobTableEntry, table: JobTable) => unknown) {
  return ({ table }: Simulation) => {
    const write = table.write.bind(table)
    table.write = (name, entry, fields) => {
      write(name, entry, fields)
      if (name === broken) change(entry, table)
      return entry
    }
  }
}

describe('two thousand schedules of claims, leases, cancels, crashes and duplicates', () => {
  it('lose no job and do none twice', () => runSchedules({ runs: 2_000, seed: SEED }))

  const planted: [defect: string, plant: (simulation: Simulation) => void, found: RegExp][] = [
    [
      'a message that is lost',
      ({ state: { messages } }) => {
        const put = messages.put.bind(messages)
        let count = 0
        messages.put = (name, all) => put(name, ++count % 3 === 0 ? [] : all)
      },
      /is lost: it has no message/,
    ],
    [
      'a claim number that is given twice',
      afterWrite('requeue', entry => entry.claims--),
      /attempts of job|fewer claims|by no write of the model/,
    ],
    ['a hand-back that counts', afterWrite('handBack', entry => entry.attempt++), /without its hand-backs/],
    [
      'a second delivery that starts a job before its time',
      ({ state: { table, messages } }) => {
        const take = messages.take.bind(messages)
        messages.take = (name, options) => {
          const stored = take(name, options)
          const entry = table.entries.get(String(stored?.message.body.jobId))
          if (stored && entry) entry.messageId = stored.message.id
          return stored
        }
      },
      /before its time/,
    ],
    [
      'attempts without end',
      afterWrite('requeue', entry => entry.maxAttempts++),
      /without a new version|by no write of the model/,
    ],
    [
      'a row that is forgotten',
      afterWrite('fail', ({ id }, table) => table.entries.delete(id)),
      /is lost: it has no row/,
    ],
  ]
  for (const [defect, plant, found] of planted)
    it(`find ${defect}, and print the seed and the shortest schedule`, async () => {
      await assert.rejects(runSchedules({ runs: 2_000, seed: SEED }, plant), (error: Error) => {
        assert.match(error.message, new RegExp(`seed: ${SEED}[^]*Counterexample: \\[\\[\\{"kind"`))
        assert.match(String(error.cause), found)
        return true
      })
    })
})

describe('three hundred crowds of owners, one of whom has most of the jobs', () => {
  const runs = 300

  it('let an owner’s first job start before every other owner’s second', () =>
    runFairness({ runs, seed: SEED }))

  const unfair: [defect: string, plant: (simulation: Simulation) => void][] = [
    [
      'turns in the order of creation',
      ({ table }) => {
        const queued = table.queued.bind(table)
        table.queued = (job, messageId) => ({ ...queued(job, messageId), turn: 1 })
      },
    ],
    [
      'messages that start no other job than their own',
      ({ table }) => {
        table.awaiting = () => undefined
      },
    ],
  ]
  for (const [defect, plant] of unfair)
    it(`find ${defect}`, async () => {
      await assert.rejects(runFairness({ runs, seed: SEED }, plant), (error: Error) => {
        assert.match(String(error.cause), /jobs started before job/)
        return true
      })
    })
})
