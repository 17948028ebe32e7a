import { type SerializedError, stdSerializers } from 'pino'

/** What PostgreSQL and its driver add to an error and may hold values of a row: names of files, owners, settings. */
const VALUES = ['detail', 'where', 'internalQuery', 'query', 'parameters', 'params'] as const

/** An error as it stands in the log: its message, stack, causes and codes, without values of rows. */
export function errorForLog(error: Error): SerializedError {
  const shown = stdSerializers.err(error)
  // Whatever was thrown that is no error is shown as it is.
  if (typeof shown === 'object' && shown !== null) for (const name of VALUES) delete shown[name]
  return shown
}
