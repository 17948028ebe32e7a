/**
 * The adapters for AWS over emulators on this machine, beside what they replace, in one run. Names behind it
 * choose parts:
 *
 *   starts     how soon a job starts over SQS and over pg-boss
 *   events     how soon a subscriber hears of a change through SNS
 *   requests   how many requests a job costs, and what they cost
 *   storage    how fast bytes go to and come from S3, beside the SDK alone
 */
import { parseArgs } from 'node:util'
import { measureEvents } from './aws/events.ts'
import { measureRequests } from './aws/requests.ts'
import { measureStarts } from './aws/starts.ts'
import { measureStorage } from './aws/storage.ts'

/** Each prints what it measured, and resolves to whether it is as wanted. */
const PARTS: Readonly<Record<string, () => Promise<boolean>>> = {
  starts: measureStarts,
  events: measureEvents,
  requests: measureRequests,
  storage: measureStorage,
}

const { positionals: asked } = parseArgs({ allowPositionals: true })
for (const [name, measure] of Object.entries(PARTS))
  if ((asked.length === 0 || asked.includes(name)) && !(await measure())) process.exitCode = 1
