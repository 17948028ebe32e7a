import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Simulation } from '#test/schedules/simulation.ts'
import { runSchedules } from '#test/schedules.ts'

const SEED = 20_261_128

describe('ten thousand schedules of claims, leases, cancels, crashes and duplicates', () => {
  it('lose no job and do none twice', () => runSchedules({ runs: 10_000, seed: SEED }))

  const planted: [defect: string, plant: (simulation: Simulation) => void, found: RegExp][] = [
    [
      'a message that is lost',
      ({ table: { messages } }) => {
        const send = messages.send.bind(messages)
        messages.send = (jobId, runAt) => {
          const id = send(jobId, runAt)
          if (id % 3 === 0) messages.acknowledge(id)
          return id
        }
      },
      /is lost: it has no message/,
    ],
    [
      'a claim number that is given twice',
      ({ table }) => {
        const rescue = table.rescue.bind(table)
        table.rescue = which => {
          const ids = rescue(which)
          for (const id of ids) table.find(id).claims--
          return ids
        }
      },
      /attempts of job|fewer claims|by no write of the model/,
    ],
    [
      'a hand-back that counts',
      ({ table }) => {
        const requeue = table.requeue.bind(table)
        table.requeue = (name, entry, fields) => {
          if (name === 'handBack') entry.attempt++
          return requeue(name, entry, fields)
        }
      },
      /without its hand-backs/,
    ],
    [
      'a second delivery that starts a job before its time',
      ({ table }) => {
        const fetch = table.messages.fetch.bind(table.messages)
        table.messages.fetch = now => {
          const message = fetch(now)
          const entry = message && table.entries.get(message.jobId)
          if (entry) entry.messageId = message.id
          return message
        }
      },
      /before its time/,
    ],
    [
      'attempts without end',
      ({ table }) => {
        const fail = table.fail.bind(table)
        table.fail = (entry, error, outcome) => {
          entry.maxAttempts++
          fail(entry, error, outcome)
        }
      },
      /without a new version|by no write of the model/,
    ],
    [
      'a row that is forgotten',
      ({ table }) => {
        const end = table.end.bind(table)
        table.end = (name, entry, fields) => {
          const job = end(name, entry, fields)
          if (name === 'fail') table.entries.delete(entry.id)
          return job
        }
      },
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
