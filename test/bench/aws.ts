/**
 * The adapters for AWS over emulators in this process, beside what they replace, in one run: how soon a job starts over
 * SQS and over pg-boss, and how soon a subscriber hears of a change through SNS.
 */
import { measureEvents } from './aws/events.ts'
import { measureStarts } from './aws/starts.ts'

/** Each prints what it measured, and resolves to whether it is as wanted. */
const PARTS: readonly (() => Promise<boolean>)[] = [measureStarts, measureEvents]

for (const measure of PARTS) if (!(await measure())) process.exitCode = 1
