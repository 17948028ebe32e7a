/**
 * What a job costs PostgreSQL: commits, bytes of WAL and dead rows for each job, beside the plain ways of pg-boss and
 * graphile-worker, on the same server in the same run. Theirs are only queues: they keep no record of a job that a user
 * could look at, and send no events to browsers. PostgreSQL counts a statement that only reads as a commit too.
 *
 *   --jobs N    how many (2000)
 *   --lanes N   how many are done side by side (4)
 */
import { parseArgs } from 'node:util'
import { createDatabase } from '#test/create-database.ts'
import { graphileWorker, nightshift, pgBoss, type QueueContestant } from './cost/contestants.ts'
import { costOf, type DatabaseCost, openServer } from './cost/meter.ts'

const { values: flags } = parseArgs({
  options: { jobs: { type: 'string', default: '2000' }, lanes: { type: 'string', default: '4' } },
})
const count = Number(flags.jobs)
const lanes = Number(flags.lanes)

const server = await openServer()
console.log(`${count} jobs, ${lanes} side by side; for each job:`)
for (const contestant of [nightshift, pgBoss, graphileWorker])
  console.log(`  ${contestant.name.padEnd(36)} ${costText(await measured(contestant))}`)
await server.end()

async function measured(contestant: QueueContestant): Promise<DatabaseCost> {
  const database = await createDatabase({ recorded: false })
  await contestant.prepare(database.url)
  const cost = await costOf(server, database.url, () => contestant.doJobs(database.url, { count, lanes }))
  await database.drop()
  return cost
}

function costText({ commits, walBytes, deadRows, rowsReplaced }: DatabaseCost): string {
  const each = (value: number, digits: number) => (value / count).toFixed(digits)
  return [
    `${each(commits, 2).padStart(5)} commits`,
    `${each(walBytes, 0).padStart(6)} bytes of WAL`,
    `${each(deadRows, 2)} dead rows`,
    `${each(rowsReplaced, 2)} rows updated or deleted`,
  ].join('   ')
}
