/** The entry of a function of AWS Lambda whose event source is the queue of jobs: only wiring and signals. */
import { readConfig } from '#lib/config.ts'
import { FunctionWorker, type InvocationContext, type SqsEvent } from './lambda/function-worker.ts'

const worker = new FunctionWorker(() => readConfig())

/** Handles the messages of one invocation. @returns those that must be delivered again */
export const handler = (event: SqsEvent, context: InvocationContext) => worker.invoke(event, context)

process.once('SIGTERM', () => void worker.close().finally(() => process.exit(0)))
